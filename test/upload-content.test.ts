import { beforeEach, describe, expect, it } from 'vitest'
import { previewOf } from '../src/features/files/types.ts'
import { all, begin, files, openUploads, send } from './harness/upload-scene.ts'

beforeEach(openUploads)

const text = (words: string) => Uint8Array.from(new TextEncoder().encode(words))
const raw = (...numbers: number[]) => Uint8Array.from(numbers)
const after = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)))
const utf16 = (words: string) =>
  after(
    raw(0xff, 0xfe),
    ...[...words].map((c) => raw(c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8)),
  )

const png = raw(
  0x89,
  0x50,
  0x4e,
  0x47,
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  0,
  0,
  0,
  0x0d,
  0x49,
  0x48,
  0x44,
  0x52,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  8,
  6,
  0,
  0,
  0,
  0x1f,
  0x15,
  0xc4,
  0x89,
  0,
  0,
  0,
  0,
  0x49,
  0x44,
  0x41,
  0x54,
)
const ftyp = (brand: string) =>
  after(raw(0, 0, 0, 24), text(`ftyp${brand}`), raw(0, 0, 0, 0), text(`${brand}isom`))

describe('what a file is', () => {
  it.each([
    ['a.png', png, 'image/png'],
    ['innocent.html', png, 'image/png'],
    ['a.jpg', raw(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46), 'image/jpeg'],
    ['a.gif', text('GIF89a=1;alert(1)//'), 'image/gif'],
    ['a.webp', after(text('RIFF'), raw(0x24, 0, 0, 0), text('WEBPVP8 ')), 'image/webp'],
    ['a.avif', ftyp('avif'), 'image/avif'],
    ['a.pdf', text('%PDF-1.7\n1 0 obj'), 'application/pdf'],
    ['a.mp4', ftyp('mp42'), 'video/mp4'],
    ['a.m4a', ftyp('M4A '), 'audio/mp4'],
    [
      'a.mp3',
      after(text('ID3'), raw(4, 0, 0, 0, 0, 0, 0), raw(0xff, 0xfb, 0x90, 0x64)),
      'audio/mpeg',
    ],
    ['a.zip', after(raw(0x50, 0x4b, 5, 6), new Uint8Array(18)), 'application/zip'],
    ['page.html', text('<!doctype html><script>alert(1)</script>'), 'text/plain'],
    ['a.png', text('<html><script>alert(1)</script>'), 'text/plain'],
    ['a.svg', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'text/plain'],
    ['a.xml', text('<?xml version="1.0"?><a/>'), 'text/plain'],
    ['a.svg', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'text/plain'],
    ['a.xhtml', utf16('<?xml version="1.0"?><html/>'), 'text/plain'],
    ['a.js', text('alert(1)'), 'text/plain'],
    ['a.txt', text('Grüße,\r\n\tzwei Zeilen\n'), 'text/plain'],
    ['a.txt', utf16('Grüße'), 'text/plain'],
    ['latin1.txt', raw(0x47, 0x72, 0xfc, 0xdf, 0x65), 'application/octet-stream'],
    ['a.txt', raw(0x61, 0, 0x62), 'application/octet-stream'],
    ['a.png', raw(1, 2, 3), 'application/octet-stream'],
    ['empty.html', raw(), 'application/octet-stream'],
  ])('is found in its bytes: %s', async (name, content, type) => {
    if (content.length === 0) await begin({ size: 0, name })
    else await send(name, content)
    const [file] = await files()
    expect(file?.content_type).toBe(type)
    expect(await all('select content_type from file_version')).toEqual([{ content_type: type }])
  })

  it('says nothing of what its sender claims', async () => {
    await begin({ size: 0, name: 'a.png', filetype: 'text/html' })
    expect((await files())[0]?.content_type).toBe('application/octet-stream')
  })

  it('is never drawn where it could run', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'application/xhtml+xml']) {
      expect(previewOf(type)).toBeUndefined()
    }
  })
})
