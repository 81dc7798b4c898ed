const BYTES = 32

/** 'ap_' and 43 characters, base64url of random bytes: nobody guesses one. */
export function newKey(): string {
  const random = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES)))
  return `ap_${btoa(random).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}
