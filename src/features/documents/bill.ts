import type { InvoiceLine, InvoiceTax } from '../../db/schema/invoices.ts'
import type { BankDetails, PriceKind } from '../../db/schema/organizations.ts'
import type { Buyer } from '../../db/schema/portals.ts'
import { epcCode, type Code } from './epc-code.ts'
import { isIban, spacedIban } from './epc.ts'
import { drawLabel, drawTop, type Fact, type Letterhead } from './letterhead.ts'
import { type Fonts, ink, LEFT, muted, Paper, RIGHT, wash, WIDTH } from './paper.ts'
import { drawSums, drawTable, type Sum } from './table.ts'
import { day, money, number } from './words.ts'

/** What an invoice says from the day it was issued, and a credit note likewise. */
export interface BillFacts {
  letterhead: Letterhead
  number: string
  seller: Buyer
  buyer: Buyer
  bank: BankDetails | null
  currency: string
  locale: string
  prices: PriceKind
  lines: readonly InvoiceLine[]
  subtotal: number
  discount: number
  discountPercent: string | null
  taxes: readonly InvoiceTax[]
  total: number
  issuedOn: string
  dueOn: string | null
  supplyOn: string | null
  reverseCharge: boolean
  notes: string
  /** When it was issued. */
  at: number
}

export interface CreditNoteFacts extends BillFacts {
  /** The number of the invoice that it takes back from. */
  of: string
}

type Facts = BillFacts | CreditNoteFacts

const isCreditNote = (facts: Facts): facts is CreditNoteFacts => 'of' in facts

/** An invoice or a credit note as PDF: the same facts and fonts make the same bytes. */
export function drawBill(facts: Facts, fonts: Fonts): Promise<Uint8Array> {
  const { letterhead, seller, buyer, locale } = facts
  const kind = isCreditNote(facts) ? 'Credit note' : 'Invoice'
  const title = `${kind} ${facts.number}`
  const foot = seller.taxId === null ? seller.name : `${seller.name} · Tax ID ${seller.taxId}`
  const { accent } = letterhead
  const about = { title, author: seller.name, language: 'en', at: facts.at, accent }
  const paper = new Paper({ ...about, running: `${title} · ${seller.name}`, foot }, fonts)
  const dates: [string, string | null][] = [
    ['Issued', facts.issuedOn],
    ['Due', isCreditNote(facts) ? null : facts.dueOn],
    ['Supplied', facts.supplyOn],
  ]
  const said = dates.flatMap(([label, of]): Fact[] =>
    of === null ? [] : [[label, day(of, locale)]],
  )
  const more: Fact[] = isCreditNote(facts) ? [['Invoice', facts.of]] : []
  drawTop(paper, {
    letterhead,
    kind,
    number: facts.number,
    facts: [...more, ...said, ['Currency', facts.currency]],
    from: seller,
    toLabel: isCreditNote(facts) ? 'To' : 'Bill to',
    to: buyer,
  })
  drawLines(paper, facts)
  drawSums(paper, sumsOf(facts))
  if (facts.reverseCharge) {
    drawNote(paper, 'Reverse charge', 'The customer accounts for the tax on this supply.')
  }
  if (facts.notes !== '') drawNote(paper, isCreditNote(facts) ? 'Reason' : 'Notes', facts.notes)
  if (!isCreditNote(facts)) drawPaying(paper, facts)
  return paper.finish()
}

function drawLines(paper: Paper, { lines, currency, locale }: Facts): void {
  const taxed = lines.some(({ taxRate }) => taxRate !== null)
  const inMoney = (amount: number) => money(amount, currency, locale)
  drawTable<InvoiceLine>(
    paper,
    [
      { label: 'Description', value: ({ description }) => description },
      { label: 'Quantity', value: ({ quantity }) => number(quantity, locale) },
      { label: 'Unit price', value: ({ unitAmount }) => inMoney(unitAmount) },
      ...(taxed
        ? [
            {
              label: 'Tax',
              value: ({ taxRate }: InvoiceLine) =>
                taxRate === null ? '–' : `${number(taxRate, locale)} %`,
            },
          ]
        : []),
      { label: 'Amount', value: ({ amount }) => inMoney(amount) },
    ],
    lines,
  )
}

function sumsOf(facts: Facts): Sum[] {
  const { prices, subtotal, discount, discountPercent, taxes, total, currency, locale } = facts
  const inMoney = (amount: number) => money(amount, currency, locale)
  const percent = discountPercent === null ? '' : ` of ${number(discountPercent, locale)} %`
  const rates = taxes.map(({ rate, base, tax }): Sum => {
    const from = prices === 'net' ? 'Tax' : 'Contains tax'
    return { label: `${from} ${number(rate, locale)} % on ${inMoney(base)}`, amount: inMoney(tax) }
  })
  const above: Sum[] =
    discount === 0 && (taxes.length === 0 || prices === 'gross')
      ? []
      : [{ label: 'Subtotal', amount: inMoney(subtotal) }]
  const off: Sum[] =
    discount === 0 ? [] : [{ label: `Discount${percent}`, amount: `–${inMoney(discount)}` }]
  const label = isCreditNote(facts) ? 'Total credited' : 'Total'
  const whole: Sum = { label, amount: inMoney(total), strong: true }
  return prices === 'net'
    ? [...above, ...off, ...rates, whole]
    : [...above, ...off, whole, ...rates]
}

function drawNote(paper: Paper, label: string, text: string): void {
  const lines = paper.wrap(text, WIDTH * 0.72)
  paper.need(14 + paper.height(Math.min(lines.length, 3)) + 12)
  paper.down(6)
  drawLabel(paper, label, LEFT)
  paper.lines(lines, LEFT)
  paper.down(6)
}

const QR = 92
const PAD = 16

/** How an invoice is paid by bank, with the code that banking apps read where there can be one. */
function drawPaying(paper: Paper, facts: BillFacts): void {
  const { bank, currency, total, number: reference, dueOn, locale } = facts
  if (total === 0) {
    drawNote(paper, 'Payment', 'There is nothing to pay.')
    return
  }
  if (bank === null) return
  const code = epcCode({ bank, amount: total, currency, reference })
  const inside = WIDTH - 2 * PAD - (code === undefined ? 0 : QR + 20)
  const entries: Fact[] = [
    ['Pay to', bank.holder],
    ...(bank.iban === null
      ? []
      : [['IBAN', isIban(bank.iban) ? spacedIban(bank.iban) : bank.iban] as const]),
    ...(bank.bic === null ? [] : [['BIC', bank.bic] as const]),
    ...(bank.details === null ? [] : [['Account', bank.details] as const]),
    ['Reference', reference],
    ['Amount', money(total, currency, locale)],
    ...(dueOn === null ? [] : [['Until', day(dueOn, locale)] as const]),
  ]
  const rows = entries.map(([label, value]) => ({ label, lines: paper.wrap(value, inside - 76) }))
  const words = rows.reduce((sum, { lines }) => sum + paper.height(lines.length) + 2.5, 0)
  const height = Math.max(words + 16, code === undefined ? 0 : QR + 12) + 2 * PAD
  paper.need(height + 14)
  paper.down(14)
  const top = paper.y
  paper.rect(LEFT, top, WIDTH, height, wash)
  paper.rect(LEFT, top, 3, height, facts.letterhead.accent.fill)
  paper.y = top + PAD
  paper.line('How to pay', LEFT + PAD, { size: 10.5, bold: true })
  paper.down(20)
  for (const { label, lines } of rows) {
    paper.line(label, LEFT + PAD, { colour: muted })
    paper.lines(lines, LEFT + PAD + 76, label === 'Reference' ? { bold: true } : {})
    paper.down(2.5)
  }
  if (code !== undefined) drawCode(paper, code, RIGHT - PAD - QR, top + PAD)
  paper.y = top + height
}

/** On white, with its quiet zone. */
function drawCode(paper: Paper, { size, rows }: Code, x: number, y: number): void {
  const module = QR / size
  paper.rect(x, y, QR, QR, '#ffffff')
  for (const [row, runs] of rows.entries()) {
    for (const { from, length } of runs) {
      // A hair wider and higher, so that no viewer shows seams.
      const [wide, high] = [length * module + 0.05, module + 0.05]
      paper.rect(x + from * module, y + row * module, wide, high, ink)
    }
  }
  paper.y = y + QR + 3
  paper.line('Scan with your banking app', x + QR, { to: 'left', size: 7, colour: muted })
}
