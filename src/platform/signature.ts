const encoder = new TextEncoder()

/** Base64 text as bytes; undefined when it is none. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  } catch {
    return undefined
  }
}

/**
 * The 64 bytes r || s that Web Crypto wants, out of the DER that SendGrid sends (SEC 1, C.8:
 * SEQUENCE of two INTEGERs). Undefined when it isn't that.
 */
function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const raw = new Uint8Array(64)
  let at = 2
  for (const half of [0, 32]) {
    const length = der[at + 1]
    if (der[at] !== 0x02 || length === undefined || length < 1) return undefined
    let number = der.subarray(at + 2, at + 2 + length)
    if (number.length !== length) return undefined
    while (number.length > 1 && number[0] === 0) number = number.subarray(1)
    if (number.length > 32) return undefined
    raw.set(number, half + 32 - number.length)
    at += 2 + length
  }
  return at === der.length ? raw : undefined
}

export interface SignedBody {
  body: ArrayBuffer
  signature: string
  timestamp: string
}

/**
 * Whether one of the keys (base64 SPKI, P-256) signed timestamp + body.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export async function isSignedBy(keys: readonly string[], signed: SignedBody): Promise<boolean> {
  const der = fromBase64(signed.signature)
  const signature = der && rawSignature(der)
  if (!signature) return false
  const prefix = encoder.encode(signed.timestamp)
  const content = new Uint8Array(prefix.length + signed.body.byteLength)
  content.set(prefix)
  content.set(new Uint8Array(signed.body), prefix.length)
  for (const key of keys) {
    const spki = fromBase64(key)
    if (!spki) continue
    if (await verifies(spki, signature, content)) return true
  }
  return false
}

async function verifies(
  spki: BufferSource,
  signature: BufferSource,
  content: BufferSource,
): Promise<boolean> {
  try {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('spki', spki, curve, false, ['verify'])
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, content)
  } catch {
    // A key that is none must not keep the one beside it from being tried.
    return false
  }
}
