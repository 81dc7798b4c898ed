const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** https://docs.stripe.com/webhooks#verify-manually */
export async function signed(secret: string, seconds: number, body: string): Promise<string> {
  const bytes = new TextEncoder()
  const usage = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), usage, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, bytes.encode(`${seconds}.${body}`))
  return `t=${seconds},v1=${hex(mac)}`
}
