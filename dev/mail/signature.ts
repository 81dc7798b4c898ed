/** A DER INTEGER: no leading zeros, but one where the top bit would read as a minus. */
function integer(bytes: Uint8Array): number[] {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = [...bytes.subarray(first)]
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0)
  return [0x02, digits.length, ...digits]
}

/** Web Crypto gives r and s side by side, SendGrid sends SEQUENCE { r, s }. */
function derFromRaw(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  const body = [...integer(raw.subarray(0, half)), ...integer(raw.subarray(half))]
  return Uint8Array.from([0x30, body.length, ...body])
}

/** A CryptoKey, by a name that the types of Node and of Workers both have. */
export type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features */
export async function sign(key: SigningKey, timestamp: string, body: string): Promise<string> {
  const signed = new TextEncoder().encode(timestamp + body)
  const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed)
  return btoa(String.fromCharCode(...derFromRaw(new Uint8Array(raw))))
}
