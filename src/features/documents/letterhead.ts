import type { Buyer } from '../../db/schema/portals.ts'
import { hairline, ink, LEFT, muted, type Paper, RIGHT, WIDTH } from './paper.ts'

/** Whose paper it is. */
export interface Letterhead {
  name: string
  accent: { text: string; fill: string }
  /** A PNG or JPEG. */
  logo: Uint8Array | null
}

const LOGO = [170, 46] as const

/** A sentence about a document, as in 'Issued' and '4 Dec 2026'. */
export type Fact = readonly [label: string, value: string]

interface Top {
  letterhead: Letterhead
  /** 'Invoice' */
  kind: string
  /** 'INV-2026-001' */
  number: string
  facts: readonly Fact[]
  from: Buyer
  /** 'Bill to' */
  toLabel: string
  to: Buyer
}

/** The top of a document's first page. */
export function drawTop(paper: Paper, top: Top): void {
  const { letterhead, kind, number, facts } = top
  const begun = paper.y
  if (letterhead.logo) paper.image(letterhead.logo, LOGO)
  else {
    paper.down(6)
    const style = { size: 17, bold: true }
    const [name = '', ...more] = paper.wrap(letterhead.name, WIDTH * 0.55, style)
    paper.line(more.length === 0 ? name : `${name} …`, LEFT, style)
  }
  paper.y = begun
  paper.line(kind, RIGHT, { to: 'left', size: 22, bold: true, colour: letterhead.accent.text })
  paper.y = begun + 33
  paper.line(number, RIGHT, { to: 'left', size: 11, colour: muted })
  paper.y = begun + 72

  const column = 168
  const middle = LEFT + column + 16
  const right = RIGHT - 148
  const from = paper.y
  const ends = [
    drawParty(paper, 'From', top.from, LEFT, column),
    drawParty(paper, top.toLabel, top.to, middle, column - 10, from),
    drawFacts(paper, facts, right, from),
  ]
  paper.y = Math.max(...ends) + 20
}

function drawParty(
  paper: Paper,
  label: string,
  { name, address, taxId }: Buyer,
  x: number,
  width: number,
  from = paper.y,
): number {
  paper.y = from
  drawLabel(paper, label, x)
  paper.lines(paper.wrap(name, width, { bold: true }), x, { bold: true })
  if (address) paper.lines(paper.wrap(address, width), x)
  if (taxId) {
    paper.down(2)
    paper.lines(paper.wrap(`Tax ID ${taxId}`, width, { colour: muted }), x, { colour: muted })
  }
  return paper.y
}

/** A small word above what it is about. */
export function drawLabel(paper: Paper, label: string, x: number): void {
  paper.line(label, x, { size: 8, bold: true, colour: muted })
  paper.down({ size: 10 })
}

function drawFacts(paper: Paper, facts: readonly Fact[], x: number, from: number): number {
  paper.y = from
  for (const [index, [label, value]] of facts.entries()) {
    if (index > 0) {
      paper.rule(hairline, 0.5, x)
      paper.down(5)
    }
    paper.line(label, x, { colour: muted, size: 9 })
    paper.line(value, RIGHT, { to: 'left', bold: true, size: 9, colour: ink })
    paper.down(16)
  }
  return paper.y
}
