const encoder = new TextEncoder()

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 of the UTF-8 text, 64 lower-case hex characters. */
export const sha256 = async (text: string): Promise<string> => sha256OfBytes(encoder.encode(text))

/** The same of bytes. */
export const sha256OfBytes = async (bytes: BufferSource): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes))

/** SHA-256 of the UTF-8 text in base64, as a Content-Security-Policy wants it. */
export async function sha256Base64(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

const hmacKey = (secret: string, use: 'sign' | 'verify') =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    use,
  ])

/** HMAC-SHA-256 of the UTF-8 text under the UTF-8 secret, 64 lower-case hex characters. */
export async function hmacSha256(secret: string, text: string): Promise<string> {
  const key = await hmacKey(secret, 'sign')
  return hex(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

/** Whether `mac` is the text's HMAC, told in the same time wherever it differs. */
export async function isHmacSha256(secret: string, text: string, mac: string): Promise<boolean> {
  const bytes = Uint8Array.from(mac.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.verify('HMAC', await hmacKey(secret, 'verify'), bytes, encoder.encode(text))
}
