import { formatSince } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { Parts } from '../../ui/parts.tsx'
import type { Glance } from './readouts.tsx'
import { sinceLastVisit } from './since.ts'

/** What a line can hold; the page below has all of it anyway. */
const NEWS_SHOWN = 6

export interface SinceProps extends Glance {
  /** Null for a member who looks on. */
  token: string | null
}

/** What the others did since the visit before this one. */
export const News = ({ content, contactId, clock, now, token }: SinceProps) => {
  const since = sinceLastVisit(content, contactId)
  if (!since || since.news.length === 0) return null
  const shown = since.news.slice(0, NEWS_SHOWN)
  const more = since.news.length - shown.length
  return (
    <ul class="since" aria-label="Since you were last here">
      <li class="label">Since {formatSince(since.at, now, clock)}</li>
      {shown.map(({ about, words, invoice }) => (
        <li>
          {about === 'plan' ? (
            <Parts of={words} />
          ) : invoice && token ? (
            <a href={paths.clientInvoice(token, invoice)}>
              <Parts of={words} />
            </a>
          ) : (
            <a href={`#${about}`}>
              <Parts of={words} />
            </a>
          )}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}
