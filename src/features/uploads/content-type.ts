import { fileTypeFromBuffer } from 'file-type'

// What a file is, found in its bytes alone: neither its name nor what the sender says counts.

const UNKNOWN = 'application/octet-stream'
const TEXT = 'text/plain'

/** As much of a file as is looked at. */
const LOOKED_AT = 1024 ** 2

/** Other names of what our own lists know. */
const usual: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/x-m4v': 'video/mp4',
  'image/apng': 'image/png',
}

/** What a browser could run or follow is text to us, by whichever of its names. */
const active = /^text\/|xml|html|svg|script|json/

/** The content type of a file that begins with these bytes. */
export async function contentTypeOf(beginning: Uint8Array): Promise<string> {
  const bytes = beginning.subarray(0, LOOKED_AT)
  const found = await fileTypeFromBuffer(bytes)
  const mime = found?.mime.split(';')[0]?.trim()
  if (mime !== undefined && !active.test(mime)) return usual[mime] ?? mime
  return isText(bytes) ? TEXT : UNKNOWN
}

/** But blanks, line ends and page ends. */
const controls = /(?![\t\n\f\r])\p{Cc}/u

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8'
  try {
    // As a stream, because the end of what is looked at may be the middle of a character.
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes, {
      stream: true,
    })
    return !controls.test(text)
  } catch {
    return false
  }
}
