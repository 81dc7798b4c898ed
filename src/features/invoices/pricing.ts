import type { InvoiceLine, InvoiceTax } from '../../db/schema/invoices.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { isInSteps, MOST_AMOUNT, stepOf } from '../../lib/money.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { totalsOf, type Billed } from './totals.ts'

export type DraftLine = Omit<InvoiceLine, 'amount'>

export interface Unpriced extends Billed {
  lines: readonly DraftLine[]
  reverseCharge: boolean
}

export interface Priced {
  lines: InvoiceLine[]
  taxes: InvoiceTax[]
  subtotal: number
  discount: number
  tax: number
  total: number
}

/** What was typed, with what it comes to; or what is wrong with it in this currency. */
export function priced(draft: Unpriced): Result<Priced, Failure> {
  const { amounts, ...totals } = totalsOf(draft)
  const errors = [...lineErrors(draft), ...discountErrors(draft, totals.subtotal)]
  if (Math.max(totals.subtotal, totals.total) > MOST_AMOUNT) {
    errors.push({ path: 'lines', message: 'This comes to more than an invoice can hold.' })
  }
  if (errors.length > 0) return fail({ kind: 'invalid', errors })
  const lines = draft.lines.map((line, index) => ({ ...line, amount: amounts[index] ?? 0 }))
  return ok({ ...totals, lines })
}

/** What an amount that is no multiple of the currency's step is told. */
export const stepMessage = (currency: string): string =>
  `Amounts in ${currency} are multiples of ${stepOf(currency)} minor units.`

function lineErrors({ currency, reverseCharge, lines }: Unpriced): FieldError[] {
  return lines.flatMap(({ unitAmount, taxRate }, index) => [
    ...(isInSteps(unitAmount, currency)
      ? []
      : [{ path: `lines.${index}.unitAmount`, message: stepMessage(currency) }]),
    ...(reverseCharge && taxRate !== null && taxRate !== '0'
      ? [
          {
            path: `lines.${index}.taxRate`,
            message: 'Under reverse charge the buyer owes the tax: leave the rate out.',
          },
        ]
      : []),
  ])
}

function discountErrors(draft: Unpriced, subtotal: number): FieldError[] {
  const { currency, discountAmount } = draft
  if (discountAmount === null) return []
  const path = 'discount.amount'
  if (!isInSteps(discountAmount, currency)) return [{ path, message: stepMessage(currency) }]
  return discountAmount > subtotal
    ? [{ path, message: 'The discount is more than what it is taken off.' }]
    : []
}
