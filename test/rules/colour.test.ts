import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paletteOf } from '../../src/features/branding/rules.ts'
import { colourOf, contrast, isColour, shade } from '../../src/lib/colour.ts'

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`)

/** Every surface a tone may stand on. */
const surfaces = {
  light: ['#ffffff'],
  dark: ['#06090f', '#0b1119', '#101824', '#10161f', '#0a0e14'],
} as const
const kinds = ['light', 'dark'] as const

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
  ])('of %s and %s is what WCAG says', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1)
    expect(contrast(other, one)).toBe(contrast(one, other))
  })
})

describe('an accent', () => {
  it('is readable as words and lines on every surface, whatever the colour', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        const palette = paletteOf(accent)
        for (const kind of kinds) {
          for (const surface of surfaces[kind]) {
            expect(contrast(palette[kind].text, surface)).toBeGreaterThanOrEqual(4.5)
            expect(contrast(palette[kind].edge, surface)).toBeGreaterThanOrEqual(3)
          }
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('is kept exactly as the area of a button, under words that can be read', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        for (const { fill, onFill } of Object.values(paletteOf(accent))) {
          expect(fill).toBe(accent)
          expect(contrast(onFill, fill)).toBeGreaterThanOrEqual(4.5)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('is untouched where it fits already', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        const { light, dark } = paletteOf(accent)
        if (contrast(accent, '#ffffff') >= 4.5) expect(light.text).toBe(accent)
        if (contrast(accent, '#101824') >= 4.5) expect(dark.text).toBe(accent)
      }),
      { numRuns: 5_000 },
    )
  })

  it('is moved no further than it has to be', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        const { light, dark } = paletteOf(accent)
        if (light.text !== accent) expect(contrast(light.text, '#ffffff')).toBeLessThan(4.75)
        if (dark.text !== accent) expect(contrast(dark.text, '#101824')).toBeLessThan(4.75)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each(['#000000', '#ffffff', '#0a0a0a', '#fdf6b2', '#ffff00', '#0000ff', '#757575', '#767676'])(
    'may be %s',
    (accent) => {
      const { light, dark } = paletteOf(accent)
      for (const { onFill, fill } of [light, dark]) {
        expect(contrast(onFill, fill)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(light.text, '#ffffff')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark.text, '#101824')).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('keeps its hue when it is shaded', () => {
    const lighter = shade('#1a1a66', 'lighter', (each) => contrast(each, '#101824') >= 4.5)
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
      Number.parseInt(lighter.slice(at, at + 2), 16),
    )
    expect(Math.abs(r - g)).toBeLessThanOrEqual(1)
    expect(b).toBeGreaterThan(r + 50)
  })

  it('is the product’s teal where none is set, or none that can be one', () => {
    const teal = paletteOf(null)
    expect(teal.dark.text).toBe('#2dd4bf')
    for (const wrong of ['', 'red', '#fff', '#12345g', '#123456;}body{display:none']) {
      expect(paletteOf(wrong)).toEqual(teal)
    }
    for (const { fill, onFill } of Object.values(teal)) {
      expect(contrast(fill, onFill)).toBeGreaterThanOrEqual(4.5)
    }
  })
})

it('reads a colour as people write it, and leaves the rest to the check', () => {
  expect(['#1F64B5', '1f64b5', ' #1f64b5 '].map(colourOf)).toEqual(Array(3).fill('#1f64b5'))
  expect(colourOf('#Abc')).toBe('#aabbcc')
  for (const wrong of ['', 'blue', '#12', '#12345678', '#1f64b5\n#000000', 'rgb(0,0,0)']) {
    expect(isColour(colourOf(wrong))).toBe(false)
  }
  expect(isColour('#1f64b5\n')).toBe(false)
})
