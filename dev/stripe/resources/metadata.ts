import type { Stripe } from 'stripe'
import { invalid } from '../errors.ts'

/** https://docs.stripe.com/metadata */
const most = 50

type Given = Stripe.Emptyable<Stripe.MetadataParam> | undefined

/** Each key given replaces that key alone, an empty value takes it away, and '' as a whole all of them. */
export function mergedMetadata(before: Stripe.Metadata, given: Given): Stripe.Metadata {
  if (given === undefined || given === null) return before
  if (given === '') return {}
  const pairs = Object.entries({ ...before, ...given }).map(([name, value]) => [
    name,
    String(value),
  ])
  const kept = pairs.filter(([, value]) => value !== '')
  if (kept.length <= most) return Object.fromEntries(kept)
  throw invalid(
    `Metadata objects can have at most ${most} keys; this one would have ${kept.length}.`,
    {
      param: 'metadata',
    },
  )
}
