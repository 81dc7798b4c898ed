export interface FieldError {
  /** Dotted, as in `contact.email`; empty when the whole input is meant. */
  path: string
  message: string
}

/** Why a state forbids what was asked. `routes/failures.ts` has the words. */
export type Conflict =
  | 'plan-full'
  | 'plan-empty'
  | 'plan-begun'
  | 'approval-stands'
  | 'approval-not-asked'
  | 'link-not-live'
  | 'link-key-gone'
  | 'email-not-retryable'
  | 'address-taken'
  | 'changed-meanwhile'
  | 'file-name-taken'
  | 'request-over'
  | 'storage-full'
  | 'wrong-offset'
  | 'portal-archived'
  | 'portal-not-archived'
  | 'portal-billed'
  | 'currency-fixed'
  | 'invoice-issued'
  | 'invoice-draft'
  | 'invoice-not-open'
  | 'invoice-void'
  | 'invoice-money-held'
  | 'invoice-currency'
  | 'invoice-not-repeatable'
  | 'no-live-link'
  | 'milestone-billed'
  | 'milestone-unpriced'
  | 'statement-empty'
  | 'payment-gone'
  | 'payment-through-stripe'
  | 'settings-key-missing'
  | 'stripe-not-connected'
  | 'invoice-settled'
  | 'invoice-processing'
  | 'nobody-to-remind'
  | 'last-owner'
  | 'sign-in-first'

/** What a verb can expect to go wrong. Everything else is thrown. */
export type Failure =
  | { kind: 'missing' }
  | { kind: 'forbidden' }
  | { kind: 'conflict'; reason: Conflict }
  | { kind: 'invalid'; errors: readonly FieldError[] }
  /** `retryAfter` is in seconds. */
  | { kind: 'limited'; retryAfter: number }
  /** Of bytes; `most` is how many there may be. */
  | { kind: 'too-large'; most: number }
  /** Somebody else is writing to the same upload at this moment. */
  | { kind: 'locked' }
