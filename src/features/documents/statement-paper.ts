import type { Buyer } from '../../db/schema/portals.ts'
import { drawTop, type Letterhead } from './letterhead.ts'
import { type Fonts, LEFT, muted, Paper, WIDTH } from './paper.ts'
import { entryName, isCharge, type Stated } from './statement.ts'
import { drawSums, drawTable } from './table.ts'
import { day, money } from './words.ts'

/** What a client's statement says. */
export interface StatementFacts {
  letterhead: Letterhead
  seller: Buyer
  buyer: Buyer
  project: string
  locale: string
  /** The day up to which it tells. */
  until: string
  entries: ReadonlyMap<string, readonly Stated[]>
  at: number
}

/** Entries on paper; what is older is carried forward in one line. The table as CSV has them all. */
const MOST = 500

type Row = Pick<Stated, 'day' | 'balance'> & {
  name: string
  under: string
  charged: number | null
  credited: number | null
}

const rowOf = (entry: Stated): Row => {
  const { kind, amount, change, balance } = entry
  const charge = isCharge(kind)
  const name = entryName(entry)
  // A refund asks for nothing again, and a retainer's further payments are for nothing that is owed.
  const under = change === (charge ? amount : -amount) ? '' : 'Leaves the balance as it was'
  const sides = charge ? { charged: amount, credited: null } : { charged: null, credited: amount }
  return { day: entry.day, balance, name, under: change === 0 ? under : '', ...sides }
}

function rowsOf(entries: readonly Stated[]): Row[] {
  const shown = entries.slice(-MOST)
  const before = entries.at(-MOST - 1)
  const rows = shown.map(rowOf)
  if (!before) return rows
  const { day, balance } = before
  const nothing = { charged: null, credited: null, under: '' }
  return [{ day, balance, name: 'Carried forward', ...nothing }, ...rows]
}

export function drawStatement(facts: StatementFacts, fonts: Fonts): Promise<Uint8Array> {
  const { letterhead, seller, buyer, project, locale, until, entries } = facts
  const paper = new Paper(
    {
      title: `Statement for ${buyer.name}`,
      author: seller.name,
      language: 'en',
      at: facts.at,
      accent: letterhead.accent,
      running: `Statement · ${seller.name}`,
      foot: seller.taxId === null ? seller.name : `${seller.name} · Tax ID ${seller.taxId}`,
    },
    fonts,
  )
  drawTop(paper, {
    letterhead,
    kind: 'Statement',
    number: `until ${day(until, locale)}`,
    facts: [...entries].map(([currency, list]) => {
      const balance = list.at(-1)?.balance ?? 0
      const label = balance < 0 ? 'In your favour' : 'Outstanding'
      return [label, money(Math.abs(balance), currency, locale)] as const
    }),
    from: seller,
    toLabel: 'For',
    to: buyer,
  })
  paper.lines(paper.wrap(project, WIDTH, { bold: true, size: 11 }), LEFT, { bold: true, size: 11 })
  paper.down(8)
  for (const [currency, list] of entries) drawCurrency(paper, currency, list, locale)
  return paper.finish()
}

function drawCurrency(
  paper: Paper,
  currency: string,
  list: readonly Stated[],
  locale: string,
): void {
  const inMoney = (amount: number | null) =>
    amount === null ? '' : `${amount < 0 ? '–' : ''}${money(Math.abs(amount), currency, locale)}`
  drawTable<Row>(
    paper,
    [
      { label: currency, value: ({ name }) => name, under: ({ under }) => under },
      { label: 'Day', value: (row) => day(row.day, locale), style: { colour: muted } },
      { label: 'Charged', value: ({ charged }) => inMoney(charged) },
      { label: 'Paid or credited', value: ({ credited }) => inMoney(credited) },
      { label: 'Balance', value: ({ balance }) => inMoney(balance) },
    ],
    rowsOf(list),
  )
  const balance = list.at(-1)?.balance ?? 0
  const label = balance < 0 ? 'In your favour' : 'Outstanding'
  drawSums(paper, [{ label, amount: inMoney(Math.abs(balance)), strong: true }])
  paper.down(12)
}
