const encoder = new TextEncoder()

/** Lower-case. */
export const hex = (bytes: ArrayBuffer): string =>
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
