import { hex } from './hash.ts'

const encoder = new TextEncoder()

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
