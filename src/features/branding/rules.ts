import { contrast, isColour, shade } from '../../lib/colour.ts'

/** WCAG 2.2 AA for text, and for what has to be seen to be used. */
const READABLE = 4.5
const VISIBLE = 3
const white = '#ffffff'
/** So near to black that on every colour either this or white is readable. */
const ink = '#020408'
/** The lightest surface of the client's page, and the card of a mail on a dark screen is darker still. */
const lightestDark = '#101824'

/** What an accent becomes on one kind of surface. */
export interface Tones {
  /** For words, lines and the ring of focus: readable on the surface. */
  text: string
  /** The area of a button: the accent as it was chosen. */
  fill: string
  /** For words on that area. */
  onFill: string
  /** The outline of that area: its own colour, or a readable one where that is lost on the surface. */
  edge: string
}

export interface Palette {
  light: Tones
  dark: Tones
}

/** The product's own teal, for whoever chose no accent. */
const teal: Palette = {
  light: { text: '#0b6e64', fill: '#0f766e', onFill: white, edge: '#0f766e' },
  dark: { text: '#2dd4bf', fill: '#2dd4bf', onFill: '#042a27', edge: '#2dd4bf' },
}

/**
 * Makes any colour usable: a button keeps it exactly, under black or white words and within an
 * outline that shows on the surface; as words and lines it is lightened or darkened no further than
 * it has to be.
 */
export function paletteOf(accent: string | null): Palette {
  if (accent === null || !isColour(accent)) return teal
  const onFill = contrast(accent, white) >= READABLE ? white : ink
  const on = (surface: string, away: 'lighter' | 'darker'): Tones => {
    const text = shade(accent, away, (colour) => contrast(colour, surface) >= READABLE)
    const edge = contrast(accent, surface) >= VISIBLE ? accent : text
    return { text, fill: accent, onFill, edge }
  }
  return { light: on(white, 'darker'), dark: on(lightestDark, 'lighter') }
}

/** Bytes a logo may have. */
export const MOST_LOGO = 512 * 1024

const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const
export type LogoType = keyof typeof types

const startsWith = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/**
 * What an image is by its first bytes, whatever its name or sender calls it. SVG, GIF, HTML and the
 * rest are none; what only begins as an image is still served as one and never as anything else.
 */
export function logoType(bytes: Uint8Array): LogoType | undefined {
  const png = [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]
  if (startsWith(bytes, 0, png) && startsWith(bytes, 12, ascii('IHDR'))) return 'png'
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpg'
  const webp = startsWith(bytes, 0, ascii('RIFF')) && startsWith(bytes, 8, ascii('WEBPVP8'))
  return webp ? 'webp' : undefined
}

/** '<SHA-256>.<png|jpg|webp>' taken apart; undefined for any other name. */
export function logoFile(file: string): { type: LogoType; contentType: string } | undefined {
  const ending = /^[0-9a-f]{64}\.(png|jpg|webp)$/.exec(file)?.[1]
  const type = (['png', 'jpg', 'webp'] as const).find((known) => known === ending)
  return type && { type, contentType: types[type] }
}

/** Where the bucket keeps a logo. */
export const logoKey = (organizationId: string, file: string): string =>
  `${organizationId}/logo/${file}`
