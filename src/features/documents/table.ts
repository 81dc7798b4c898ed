import { hairline, LEFT, muted, type Paper, RIGHT, type Style, WIDTH } from './paper.ts'

export interface Column<T> {
  label: string
  to?: 'left' | 'right'
  value: (row: T) => string
  style?: Style
  /** A second text below the first, smaller. */
  under?: (row: T) => string
}

interface Placed<T> extends Column<T> {
  width: number
  /** Where its texts begin, or end. */
  x: number
}

const GAP = 20
const small = { size: 8.5, colour: muted }

const label = { size: 8, bold: true, colour: muted }

const widest = <T>(paper: Paper, column: Column<T>, rows: readonly T[]): number =>
  rows.reduce(
    (most, row) => Math.max(most, paper.wide(column.value(row), column.style)),
    paper.wide(column.label, label),
  )

/** A table whose first column wraps, and whose head stands on every page that it goes on to. */
export function drawTable<T>(
  paper: Paper,
  [first, ...others]: readonly [Column<T>, ...Column<T>[]],
  rows: readonly T[],
): void {
  const measured = others.map((column) => ({ ...column, width: widest(paper, column, rows) }))
  // The first one takes what is left.
  const width = WIDTH - measured.reduce((sum, column) => sum + column.width + GAP, 0)
  let from = LEFT + width
  const placed: Placed<T>[] = []
  for (const column of measured) {
    const begins = from + GAP
    from = begins + column.width
    placed.push({ ...column, x: column.to === 'right' ? begins : from })
  }
  const columns = [{ ...first, to: 'right' as const, x: LEFT }, ...placed]
  const head = () => {
    for (const { label: name, x, to = 'left' } of columns) paper.line(name, x, { ...label, to })
    paper.down({ size: 11 })
    paper.rule(paper.sheet.accent.text, 1)
    paper.down(7)
  }
  paper.table(head, () => {
    for (const row of rows) {
      const texts = paper.wrap(first.value(row), width, first.style)
      const under = first.under ? paper.wrap(first.under(row), width, small) : []
      const shown = under.filter((line) => line !== '')
      paper.need(paper.height(texts.length, first.style) + paper.height(shown.length, small) + 10)
      for (const { value, x, to = 'left', style = {} } of placed) {
        paper.line(value(row), x, { ...style, to })
      }
      paper.lines(texts, LEFT, first.style)
      paper.lines(shown, LEFT, small)
      paper.down(5)
      paper.rule(hairline, 0.5)
      paper.down(6)
    }
  })
}

export interface Sum {
  label: string
  amount: string
  /** The one that counts. */
  strong?: boolean
}

const sumStyle = ({ strong = false }: Sum): Style =>
  strong ? { size: 13, bold: true } : { size: 9.5 }

const HALF = 236

/** Sums at the right, as wide as their words need, and together as long as a page holds them. */
export function drawSums(paper: Paper, sums: readonly Sum[]): void {
  const widest = sums.reduce((most, sum) => {
    const style = sumStyle(sum)
    return Math.max(most, paper.wide(sum.label, style) + GAP + paper.wide(sum.amount, style))
  }, HALF)
  const x = RIGHT - Math.min(widest, WIDTH)
  paper.need(sums.length * 16 + 24)
  paper.down(2)
  for (const sum of sums) {
    const { label, amount, strong = false } = sum
    const style = sumStyle(sum)
    // A page may not hold them all.
    paper.need(strong ? 32 : 16)
    if (strong) {
      paper.down(3)
      paper.rule(paper.sheet.accent.text, 1, x)
      paper.down(7)
    }
    paper.line(label, x, strong ? style : { ...style, colour: muted })
    paper.line(amount, RIGHT, { ...style, to: 'left' })
    paper.down(strong ? 22 : 16)
  }
}
