import { describe, expect, it } from 'vitest'
import { logoFile, logoType } from '../../src/features/branding/logo.ts'
import { endOfNewLink } from '../../src/features/links/rules.ts'
import { addDays, dayOf } from '../../src/lib/day.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part,
    ),
  )
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

describe('logoType', () => {
  it.each([
    ['a PNG', bytes(png, [0, 0, 0, 13], 'IHDR'), 'png'],
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF'), 'jpg'],
    ['a WebP, lossy', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '), 'webp'],
    ['a WebP, lossless', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8L'), 'webp'],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg">'), undefined],
    ['a GIF', bytes('GIF89a'), undefined],
    ['HTML', bytes('<!doctype html>'), undefined],
    ['HTML with a PNG behind it', bytes('<script>', png, [0, 0, 0, 13], 'IHDR'), undefined],
    ['half a PNG signature', bytes(png.slice(0, 7)), undefined],
    ['a PNG signature and no header', bytes(png, '<script>alert(1)</script>'), undefined],
    ['a sound', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt '), undefined],
    ['nothing', bytes(), undefined],
  ])('knows %s by its bytes', (_, given, type) => {
    expect(logoType(given)).toBe(type)
  })
})

it('knows the name of a logo by its form alone', () => {
  const hash = 'a1'.repeat(32)
  expect(logoFile(`${hash}.png`)).toEqual({ type: 'png', contentType: 'image/png' })
  expect(logoFile(`${hash}.jpg`)?.contentType).toBe('image/jpeg')
  for (const wrong of [
    hash,
    `${hash}.svg`,
    `${hash}.html`,
    `${hash}.png\n`,
    `${hash}.PNG`,
    `../${hash}.png`,
    `${hash.toUpperCase()}.png`,
    `${hash.slice(1)}.png`,
    '',
  ]) {
    expect(logoFile(wrong), wrong).toBeUndefined()
  }
})

describe('the end of a new link', () => {
  const at = Date.UTC(2026, 2, 20, 23, 30)

  it.each([
    // Until midnight in summer time, which begins meanwhile.
    ['Europe/Oslo', 14, '2026-04-04', '2026-04-04T22:00:00.000Z'],
    ['America/New_York', 14, '2026-04-03', '2026-04-04T04:00:00.000Z'],
    ['Pacific/Kiritimati', 1, '2026-03-22', '2026-03-22T10:00:00.000Z'],
    ['Pacific/Chatham', 30, '2026-04-20', '2026-04-20T11:15:00.000Z'],
    ['UTC', 3650, '2036-03-17', '2036-03-18T00:00:00.000Z'],
  ])('in %s is that of the day after %i days', (timeZone, linkDays, last, end) => {
    const until = endOfNewLink({ linkDays, timeZone }, at) ?? 0
    expect(new Date(until).toISOString()).toBe(end)
    expect(dayOf(until - 1, timeZone)).toBe(last)
  })

  it('is none where the organisation sets none', () => {
    expect(endOfNewLink({ linkDays: null, timeZone: 'UTC' }, at)).toBeNull()
  })

  it('counts days over leap years and ends of months', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})
