/**
 * What a third party made of one attempt to hand it something. `unanswered` means that it may have
 * taken it. `retryAfter` is in milliseconds.
 */
export type Attempt =
  | { kind: 'accepted' }
  | { kind: 'refused'; final: boolean; reason: string; retryAfter?: number }
  | { kind: 'unanswered'; reason: string }
