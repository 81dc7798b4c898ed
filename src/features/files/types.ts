/** How a page shows what is in a file; each within what its element can't leave. */
export type Preview = 'image' | 'pdf' | 'text' | 'audio' | 'video'

// What a browser draws without running anything of the file on our origin. HTML, SVG and XML are not
// here on purpose, whatever else a file is at the same time.
const previews: Readonly<Record<string, Preview>> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
  'image/avif': 'image',
  'application/pdf': 'pdf',
  'text/plain': 'text',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/wav': 'audio',
  'audio/ogg': 'audio',
  'audio/flac': 'audio',
  'video/mp4': 'video',
  'video/webm': 'video',
}

/** Of a content type as we found it; undefined for what is only downloaded. */
export const previewOf = (contentType: string): Preview | undefined =>
  Object.hasOwn(previews, contentType) ? previews[contentType] : undefined
