const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function randomLetters(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))]
    .map((byte) => letters[byte % letters.length])
    .join('')
}

/** As long as Stripe's own, so that a column or a pattern that is too tight shows here. */
export const newId = (prefix: string, length = 24): string => `${prefix}_${randomLetters(length)}`
