import { formatInstant, type Clock } from '../lib/day.ts'
import { relative } from '../lib/relative.ts'

/** '2 hours ago', with the full date and time in the organisation's zone for who wants it. */
export const Ago = ({ at, now, clock }: { at: number; now: number; clock: Clock }) => (
  <time datetime={new Date(at).toISOString()} title={formatInstant(at, clock)}>
    {relative(at, now, clock.locale)}
  </time>
)
