/** The current key first; the others only open what they once sealed. */
export type SealKeys = readonly [SealKey, ...SealKey[]]

export interface SealKey {
  id: string
  secret: string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const VERSION = 's1'
/** Bytes. NIST SP 800-38D: 12 for AES-GCM, and never the same twice under one key. */
const NONCE = 12

/** A setting is long enough to be a key, but text: HKDF makes the 256 bits of it. */
async function aesKey({ secret }: SealKey, use: 'encrypt' | 'decrypt') {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ])
  const hkdf = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(32),
    info: encoder.encode('adminstack-portals settings v1'),
  }
  return crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, [use])
}

const gcm = (iv: Uint8Array<ArrayBuffer>, key: SealKey, context: string) => ({
  name: 'AES-GCM',
  iv,
  // What it belongs to is bound to it: moved to another row or field it opens no more.
  additionalData: encoder.encode(`${VERSION}|${key.id}|${context}`),
})

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Short text, sealed for one place (`context`, as in 'organization|field'): 's1.<key id>.<base64>'. */
export async function seal(keys: SealKeys, context: string, text: string): Promise<string> {
  const [key] = keys
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const secret = await aesKey(key, 'encrypt')
  const sealed = await crypto.subtle.encrypt(gcm(iv, key, context), secret, encoder.encode(text))
  const bytes = new Uint8Array(NONCE + sealed.byteLength)
  bytes.set(iv)
  bytes.set(new Uint8Array(sealed), NONCE)
  return `${VERSION}.${key.id}.${toBase64(bytes)}`
}

/** Undefined for what was changed, belongs elsewhere, or was sealed by a key that is no longer set. */
export async function unseal(
  keys: SealKeys,
  context: string,
  sealed: string,
): Promise<string | undefined> {
  const [version, id, body = '', ...more] = sealed.split('.')
  const key = keys.find((one) => one.id === id)
  const bytes = fromBase64(body)
  if (version !== VERSION || more.length > 0 || !key || !bytes) return undefined
  try {
    const secret = await aesKey(key, 'decrypt')
    const how = gcm(bytes.slice(0, NONCE), key, context)
    return decoder.decode(await crypto.subtle.decrypt(how, secret, bytes.slice(NONCE)))
  } catch {
    return undefined
  }
}
