import type { FieldError } from '../../lib/failure.ts'
import { formatMoney } from '../../lib/money.ts'
import { exampleOf, readAmount, readNumber, writeAmount, writeNumber } from '../../lib/typed.ts'
import type { InvoiceTax } from '../../db/schema/invoices.ts'
import type { PriceKind } from '../../db/schema/organizations.ts'
import type { Billed, Totals } from './totals.ts'

/** The fields of a form by name; lines are 'lines.0.description' and so on. */
export type Typed = Readonly<Record<string, string>>

/** How numbers are typed and shown. */
export interface Style {
  currency: string
  locale: string
}

export const lineFields = ['description', 'quantity', 'unitAmount', 'taxRate'] as const
type LineField = (typeof lineFields)[number]

export interface TypedLine extends Record<LineField, string> {
  /** Its number in the form. */
  at: number
}

/** Every line of the form, filled or not. */
export function linesOf(typed: Typed): TypedLine[] {
  const numbers = Object.keys(typed).flatMap((name) => {
    const [, number] = /^lines\.(\d{1,4})\.\w+$/.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })
  return [...new Set(numbers)]
    .sort((one, other) => one - other)
    .map((at) => {
      const field = (name: LineField) => typed[`lines.${at}.${name}`]?.trim() ?? ''
      return {
        at,
        description: field('description'),
        quantity: field('quantity'),
        unitAmount: field('unitAmount'),
        taxRate: field('taxRate'),
      }
    })
}

/** A rate may be filled in already: a line is begun by anything else. */
const isBegun = ({ description, quantity, unitAmount }: TypedLine): boolean =>
  description !== '' || quantity !== '' || unitAmount !== ''

/** The lines that somebody began. */
export const begun = (typed: Typed): TypedLine[] => linesOf(typed).filter(isBegun)

interface ReadLine {
  at: number
  description: string
  quantity: string
  unitAmount: number
  taxRate: string | null
}

export interface ReadLines {
  lines: ReadLine[]
  /** By the place of a line among those that were begun. */
  errors: FieldError[]
}

/** What can't be read counts as nothing, and is an error. `none` is what an empty quantity means. */
export function readLines(lines: readonly TypedLine[], style: Style, none = '1'): ReadLines {
  const errors: FieldError[] = []
  const read = lines.map((line, index) => {
    const wrong = (field: LineField, message: string) => {
      errors.push({ path: `lines.${index}.${field}`, message })
    }
    const quantity = line.quantity === '' ? none : readNumber(line.quantity, style.locale)
    if (quantity === undefined) wrong('quantity', numberHint(style))
    const unitAmount = readAmount(line.unitAmount, style.currency, style.locale)
    if (unitAmount === undefined) {
      wrong('unitAmount', line.unitAmount === '' ? 'Say what one costs.' : amountHint(style))
    }
    const taxRate = line.taxRate === '' ? null : readPercent(line.taxRate, style)
    if (taxRate === undefined) wrong('taxRate', percentHint(style))
    return {
      at: line.at,
      description: line.description,
      quantity: quantity ?? '0',
      unitAmount: unitAmount ?? 0,
      taxRate: taxRate ?? null,
    }
  })
  return { lines: read, errors }
}

export const amountHint = ({ currency, locale }: Style): string =>
  `Write it as in ${exampleOf(currency, locale)}.`

const numberHint = ({ locale }: Style): string => `Write it as in ${writeNumber('1.5', locale)}.`

const percentHint = ({ locale }: Style): string =>
  `Per cent, from 0 to 100, as in ${writeNumber('7.7', locale)}.`

/** Per cent, with or without its sign. */
export function readPercent(text: string, { locale }: Style): string | undefined {
  const plain = readNumber(text.replace(/\s*%\s*$/, ''), locale)
  return plain !== undefined && Number(plain) <= 100 ? plain : undefined
}

export interface ReadDiscount {
  discountPercent: string | null
  discountAmount: number | null
  errors: FieldError[]
}

export function readDiscount(typed: Typed, style: Style): ReadDiscount {
  const text = typed['discount']?.trim() ?? ''
  const nothing = { discountPercent: null, discountAmount: null }
  if (text === '') return { ...nothing, errors: [] }
  const isPercent = typed['discountKind'] !== 'amount'
  const percent = isPercent ? readPercent(text, style) : undefined
  const amount = isPercent ? undefined : readAmount(text, style.currency, style.locale)
  if (percent === undefined && amount === undefined) {
    const message = isPercent ? percentHint(style) : amountHint(style)
    return { ...nothing, errors: [{ path: 'discount', message }] }
  }
  return { discountPercent: percent ?? null, discountAmount: amount ?? null, errors: [] }
}

export const readPrices = (typed: Typed): PriceKind =>
  typed['prices'] === 'gross' ? 'gross' : 'net'

interface ReadBill extends Billed {
  lines: ReadLine[]
}

/** What a form comes to as it stands, for the total beside it. */
export function billedBy(typed: Typed, style: Style, none = '1'): ReadBill {
  const { discountPercent, discountAmount } = readDiscount(typed, style)
  const { lines } = readLines(begun(typed), style, none)
  return {
    currency: style.currency,
    prices: readPrices(typed),
    lines,
    discountPercent,
    discountAmount,
  }
}

/** What one line of an invoice's sums says. */
export interface SumRow {
  label: string
  amount: string
  whole?: true
}

type Sums = Pick<Totals, 'subtotal' | 'discount' | 'total'> & { taxes: readonly InvoiceTax[] }

/** The sums under the lines: in a form and on an invoice, on the server and in the browser. */
export function sumRows(sums: Sums, prices: PriceKind, { currency, locale }: Style): SumRow[] {
  const money = (amount: number) => formatMoney(amount, currency, locale)
  const taxes = sums.taxes.filter(({ base, tax }) => base > 0 || tax > 0)
  const simple = sums.discount === 0 && taxes.length === 0
  return [
    ...(simple ? [] : [{ label: 'Subtotal', amount: money(sums.subtotal) }]),
    ...(sums.discount === 0 ? [] : [{ label: 'Discount', amount: `−${money(sums.discount)}` }]),
    ...taxes.map(({ rate, base, tax }) => ({
      label: `${prices === 'gross' ? 'Contains tax' : 'Tax'} ${writeNumber(rate, locale)}% on ${money(base)}`,
      amount: money(tax),
    })),
    { label: 'Total', amount: money(sums.total), whole: true },
  ]
}

interface Written {
  description: string
  quantity: string
  unitAmount: number
  taxRate: string | null
}

/** Lines as a form shows them. */
export function writeLines(lines: readonly Written[], { currency, locale }: Style): Typed {
  return Object.fromEntries(
    lines.flatMap(({ description, quantity, unitAmount, taxRate }, index) => [
      [`lines.${index}.description`, description],
      [`lines.${index}.quantity`, quantity === '' ? '' : writeNumber(quantity, locale)],
      [`lines.${index}.unitAmount`, writeAmount(unitAmount, currency, locale)],
      [`lines.${index}.taxRate`, taxRate === null ? '' : writeNumber(taxRate, locale)],
    ]),
  )
}
