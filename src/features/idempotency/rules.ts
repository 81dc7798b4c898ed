/** How long (ms) what was done under an `Idempotency-Key` is known. */
export const KEPT = 24 * 60 * 60_000

/** 1 to 255 visible ASCII characters: whatever programs make such keys of. */
export const isIdempotencyKey = (text: string): boolean => /^[\x21-\x7e]{1,255}$/.test(text)
