/** '#rrggbb' in lower case, the one form colours have here. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text)

/** '#ABC', 'aabbcc' and '#aabbcc' as '#aabbcc'; anything else comes back as it is. */
export function colourOf(text: string): string {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase()
  if (digits === undefined) return text
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
}

type Rgb = readonly [number, number, number]

/** Each channel 0 to 1. */
const channels = (colour: string): Rgb => {
  const at = (index: number) => Number.parseInt(colour.slice(index, index + 2), 16) / 255
  return [at(1), at(3), at(5)]
}

const hex = (rgb: Rgb): string =>
  `#${rgb
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** Relative luminance as WCAG 2 defines it: 0 for black, 1 for white. */
function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

interface Hsl {
  hue: number
  saturation: number
  lightness: number
}

function toHsl([r, g, b]: Rgb): Hsl {
  const most = Math.max(r, g, b)
  const span = most - Math.min(r, g, b)
  const lightness = most - span / 2
  const room = Math.min(lightness, 1 - lightness)
  if (span === 0 || room === 0) return { hue: 0, saturation: 0, lightness }
  const turn = most === r ? (g - b) / span : most === g ? 2 + (b - r) / span : 4 + (r - g) / span
  return { hue: (turn * 60 + 360) % 360, saturation: span / 2 / room, lightness }
}

function fromHsl({ hue, saturation, lightness }: Hsl): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number) => {
    const turn = (offset + hue / 30) % 12
    return lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
  }
  return [channel(0), channel(8), channel(4)]
}

/**
 * The colour itself if it fits, else the nearest lighter (or darker) one of the same hue that does.
 * With the lightness every channel grows or stays, so halving the way finds it, provided that white
 * (or black) fits.
 */
export function shade(
  colour: string,
  towards: 'lighter' | 'darker',
  fits: (colour: string) => boolean,
): string {
  if (fits(colour)) return colour
  const start = toHsl(channels(colour))
  const at = (lightness: number) => hex(fromHsl({ ...start, lightness }))
  let misses = start.lightness
  let hits = towards === 'lighter' ? 1 : 0
  for (let step = 0; step < 20; step++) {
    const middle = (misses + hits) / 2
    if (fits(at(middle))) hits = middle
    else misses = middle
  }
  return at(hits)
}
