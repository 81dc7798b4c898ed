import { pngOf, type Rgb } from './png.ts'

const sky: Rgb = [0xff, 0xf4, 0xe4]
const sun: Rgb = [0xf0, 0x8a, 0x4b]
const ridge: Rgb = [0x2f, 0x5d, 0x50]
const slope: Rgb = [0x1d, 0x3f, 0x38]
const water: Rgb = [0x7f, 0xb5, 0xb5]

/** A sun between two ridges above a fjord; the point is given in 0 to 1. */
function colourAt(x: number, y: number): Rgb {
  if (y > 0.76) return Math.abs(y - 0.86) < 0.022 && Math.abs(x - 0.56) < 0.26 ? sky : water
  if (y > 0.3 + Math.abs(x - 0.26) * 1.25) return slope
  if (y > 0.42 + Math.abs(x - 0.78) * 1.1) return ridge
  return Math.hypot(x - 0.56, y - 0.36) < 0.15 ? sun : sky
}

/** The logo of the second demo organisation, as a PNG. */
export const fjordLogo = (): ArrayBuffer =>
  new Uint8Array(pngOf({ width: 128, height: 128, colourAt, fine: 4 })).buffer
