import type { Stripe } from 'stripe'

type Given = Stripe.Emptyable<Stripe.MetadataParam> | undefined

/** Each key given replaces that key alone, an empty value takes it away, and '' as a whole all of them. */
export function mergedMetadata(before: Stripe.Metadata, given: Given): Stripe.Metadata {
  if (given === undefined || given === null) return before
  if (given === '') return {}
  const pairs = Object.entries({ ...before, ...given }).map(([name, value]) => [
    name,
    String(value),
  ])
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}
