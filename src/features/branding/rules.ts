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
