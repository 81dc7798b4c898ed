import type { PaymentMethod } from '../../db/schema/invoices.ts'
import { meansNote } from '../payments/means.ts'
import type { Means } from '../payments/decide.ts'
import type { Buyer } from '../../db/schema/portals.ts'
import { drawTop, type Letterhead } from './letterhead.ts'
import { type Fonts, LEFT, muted, Paper, WIDTH } from './paper.ts'
import { drawSums, drawTable } from './table.ts'
import { day, money } from './words.ts'

/** What is said of money that came. */
export interface ReceiptFacts {
  letterhead: Letterhead
  seller: Buyer
  buyer: Buyer
  /** Of the invoice that it was for. */
  number: string
  issuedOn: string
  currency: string
  locale: string
  amount: number
  method: PaymentMethod
  /** How it came through Stripe, where that is known. */
  means: Means | null
  receivedOn: string
  /** When it was entered. */
  at: number
}

const methods: Record<PaymentMethod, string> = {
  bank: 'Bank transfer',
  cash: 'Cash',
  check: 'Cheque',
  card: 'Card',
  other: 'Other means',
  stripe: 'Online',
}

export function drawReceipt(facts: ReceiptFacts, fonts: Fonts): Promise<Uint8Array> {
  const { letterhead, seller, buyer, number, locale, currency } = facts
  const amount = money(facts.amount, currency, locale)
  const { accent } = letterhead
  const title = `Receipt for ${number}`
  const paper = new Paper(
    {
      title,
      author: seller.name,
      language: 'en',
      at: facts.at,
      accent,
      running: title,
      foot: seller.taxId === null ? seller.name : `${seller.name} · Tax ID ${seller.taxId}`,
    },
    fonts,
  )
  drawTop(paper, {
    letterhead,
    kind: 'Receipt',
    number: `for ${number}`,
    facts: [
      ['Received', day(facts.receivedOn, locale)],
      ['By', facts.means === null ? methods[facts.method] : meansNote[facts.means]],
      ['Currency', currency],
    ],
    from: seller,
    toLabel: 'Received from',
    to: buyer,
  })
  drawTable(
    paper,
    [
      { label: 'For', value: () => `Invoice ${number}` },
      { label: 'Issued', value: () => day(facts.issuedOn, locale) },
      { label: 'Received', value: () => amount },
    ],
    [facts],
  )
  drawSums(paper, [{ label: 'Received', amount, strong: true }])
  paper.down(8)
  const thanks = paper.wrap('Thank you. Please keep this receipt for your records.', WIDTH)
  paper.lines(thanks, LEFT, { colour: muted })
  return paper.finish()
}
