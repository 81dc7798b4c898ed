import PDFDocument from 'pdfkit'
import { drawable } from './words.ts'

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89 }
export const LEFT = 48
export const RIGHT = PAGE.width - 48
export const WIDTH = RIGHT - LEFT
const TOP = 48
/** Where the content of a page ends; below it stands the foot. */
const BOTTOM = PAGE.height - 72

export const ink = '#141a23'
export const muted = '#5a6575'
export const hairline = '#d8dde5'
export const wash = '#f4f6f9'

export interface Fonts {
  regular: Uint8Array
  bold: Uint8Array
}

export interface Style {
  size?: number
  bold?: boolean
  colour?: string
}

/** What every document says of itself, in its properties and on each page. */
export interface Sheet {
  title: string
  author: string
  /** Of the words (BCP 47). */
  language: string
  /** When the facts became what they are: the same facts make the same bytes. */
  at: number
  accent: { text: string; fill: string }
  /** Drawn at the top of every page but the first. */
  running: string
  /** Left in the foot of every page. */
  foot: string
}

/** How far apart lines of a size stand. */
const leading = (size: number) => size * 1.42

/** Pages that are filled from the top down; a new one begins where the content needs it. */
export class Paper {
  y = TOP
  readonly sheet: Sheet
  readonly #doc: PDFDocument
  readonly #parts: Uint8Array[] = []
  /** Drawn again on top of a page that a table goes on to. */
  #head: (() => void) | undefined

  constructor(sheet: Sheet, fonts: Fonts) {
    this.sheet = sheet
    const { title, author, language, at } = sheet
    const made = new Date(at)
    this.#doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      font: fonts.regular,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: language,
      displayTitle: true,
      info: {
        Title: title,
        Author: author,
        Creator: 'AdminStack Portals',
        CreationDate: made,
        ModDate: made,
      },
    })
      .registerFont('regular', fonts.regular)
      .registerFont('bold', fonts.bold)
    this.#doc.on('data', (chunk) => this.#parts.push(chunk))
    this.rect(0, 0, PAGE.width, 5, sheet.accent.fill)
  }

  #use({ size = 9.5, bold = false, colour = ink }: Style): number {
    this.#doc
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour)
    return size
  }

  rect(x: number, y: number, width: number, height: number, colour: string): void {
    this.#doc.rect(x, y, width, height).fill(colour)
  }

  rule(colour = hairline, thickness = 0.6, x = LEFT, width = RIGHT - x): void {
    this.rect(x, this.y, width, thickness, colour)
  }

  image(bytes: Uint8Array, fit: readonly [number, number]): void {
    this.#doc.image(new Uint8Array(bytes).buffer, LEFT, this.y, { fit, valign: 'center' })
  }

  /** One line, from `x` or up to it, without moving on. */
  line(
    text: string,
    x: number,
    { to = 'right', ...style }: Style & { to?: 'left' | 'right' },
  ): void {
    this.#put(drawable(text), x, to, style)
  }

  #put(text: string, x: number, to: 'left' | 'right', style: Style): void {
    this.#use(style)
    const from = to === 'right' ? x : x - this.#doc.widthOfString(text)
    this.#doc.text(text, from, this.y, { lineBreak: false })
  }

  /** Down by a line of this size, or by points. */
  down(by: number | Style): void {
    this.y += typeof by === 'number' ? by : leading(by.size ?? 9.5)
  }

  /** How wide a text is on one line. */
  wide(text: string, style: Style = {}): number {
    this.#use(style)
    return this.#doc.widthOfString(drawable(text))
  }

  /** A text as lines that are no wider than this. Words that are wider themselves are cut. */
  wrap(text: string, width: number, style: Style = {}): string[] {
    this.#use(style)
    const wide = (part: string) => this.#doc.widthOfString(part)
    const gap = wide(' ')
    return text.split(/\r?\n/).flatMap((paragraph) => fill(drawable(paragraph), width, wide, gap))
  }

  /** Begins a new page unless so much still fits on this one. */
  need(height: number): void {
    if (this.y + height > BOTTOM) this.#turn()
  }

  #turn(): void {
    this.#doc.addPage()
    this.y = TOP - 14
    this.rect(0, 0, PAGE.width, 5, this.sheet.accent.fill)
    this.line(this.sheet.running, LEFT, { size: 8.5, colour: muted })
    this.y = TOP + 12
    this.#head?.()
  }

  /** Draws a table's head now, and again on each page that its rows go on to. */
  table(head: () => void, rows: () => void): void {
    this.need(80)
    this.#head = head
    head()
    rows()
    this.#head = undefined
  }

  /** Lines of text, one below the other, over as many pages as they need. */
  lines(texts: readonly string[], x: number, style: Style = {}): void {
    const height = leading(style.size ?? 9.5)
    for (const text of texts) {
      this.need(height)
      this.#put(text, x, 'right', style)
      this.y += height
    }
  }

  /** How high so many lines are. */
  height(count: number, { size = 9.5 }: Style = {}): number {
    return count * leading(size)
  }

  /** The finished bytes, with a foot on every page. */
  async finish(): Promise<Uint8Array> {
    const { count } = this.#doc.bufferedPageRange()
    const style = { size: 8, colour: muted }
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page)
      this.y = PAGE.height - 50
      this.rule()
      this.y += 8
      const place = `Page ${page + 1} of ${count}`
      const [foot = ''] = this.wrap(this.sheet.foot, WIDTH - 90, style)
      this.#put(foot, LEFT, 'right', style)
      this.line(place, RIGHT, { ...style, to: 'left' })
    }
    const ended = new Promise<void>((resolve, reject) => {
      this.#doc.on('end', resolve)
      this.#doc.on('error', reject)
    })
    this.#doc.end()
    await ended
    return joined(this.#parts)
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** One paragraph as lines. */
function fill(
  paragraph: string,
  width: number,
  wide: (text: string) => number,
  gap: number,
): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of paragraph.split(' ').flatMap((word) => cut(word, width, wide))) {
    const size = wide(word)
    if (line !== '' && used + gap + size > width) {
      lines.push(line)
      line = word
      used = size
    } else {
      used += line === '' ? size : gap + size
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** A word in pieces that fit. */
function cut(word: string, width: number, wide: (text: string) => number): string[] {
  if (wide(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && wide(piece + letter) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece]
}
