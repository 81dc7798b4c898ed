import {
  begun,
  lineFields,
  linesOf,
  readDiscount,
  readLines,
  readPrices,
  writeLines,
  type Style,
  type TypedLine,
} from '../../features/invoices/typed.ts'
import type { InvoiceItem } from '../../features/invoices/queries.ts'
import type { SavedLineItem, TaxRateItem } from '../../features/portals/with-invoices.ts'
import type { FieldError } from '../../lib/failure.ts'
import { writeAmount, writeNumber } from '../../lib/typed.ts'
import type { Values } from '../input.ts'

/** So many lines a form has at least; one of them is blank. */
const LEAST_LINES = 3

const isLine = (name: string): boolean => name.startsWith('lines.')

const withoutLines = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !isLine(name)))

/** Rates that are filled in on a line nobody has begun. */
const usualRate = (rates: readonly TaxRateItem[], { locale }: Style): string =>
  rates[0] === undefined ? '' : writeNumber(rates[0].rate, locale)

interface Rows {
  style: Style
  rates: readonly TaxRateItem[]
  /** Blank lines behind those that were begun. */
  blank?: number
}

/** The form with the lines that were begun, numbered anew, and blank ones behind them. */
export function withRows(values: Values, { style, rates, blank = 1 }: Rows): Values {
  const lines: Omit<TypedLine, 'at'>[] = begun(values)
  const rate = usualRate(rates, style)
  const all = [...lines]
  while (all.length < Math.max(LEAST_LINES, lines.length + blank)) {
    all.push({ description: '', quantity: '', unitAmount: '', taxRate: rate })
  }
  return {
    ...withoutLines(values),
    ...Object.fromEntries(
      all.flatMap((line, index) =>
        lineFields.map((field) => [`lines.${index}.${field}`, line[field]]),
      ),
    ),
  }
}

/** What a button in the form asked for; undefined where it was sent to be saved. */
export function redrawn(
  values: Values,
  { saved, ...rows }: Rows & { saved: readonly SavedLineItem[] },
): Values | undefined {
  const { remove, do: wish, ...rest } = values
  if (remove !== undefined) {
    const left = Object.entries(rest).filter(([name]) => !name.startsWith(`lines.${remove}.`))
    return withRows(Object.fromEntries(left), rows)
  }
  if (wish === 'add') {
    const blank = linesOf(rest).length - begun(rest).length + 1
    return withRows(rest, { ...rows, blank })
  }
  if (wish === 'saved') {
    const line = saved.find(({ id }) => id === rest['saved'])
    const lines = begun(rest)
    const next = (lines.at(-1)?.at ?? -1) + 1
    const { locale } = rows.style
    const put: Values = line
      ? {
          [`lines.${next}.description`]: line.description,
          [`lines.${next}.quantity`]: writeNumber(line.quantity, locale),
          [`lines.${next}.unitAmount`]: writeAmount(line.unitAmount, line.currency, locale),
          [`lines.${next}.taxRate`]: line.taxRate === null ? '' : writeNumber(line.taxRate, locale),
        }
      : {}
    return withRows({ ...rest, ...put }, rows)
  }
  return undefined
}

export interface ReadForm {
  /** What the schemas check. */
  input: Record<string, unknown>
  errors: FieldError[]
}

const orNull = (text: string | undefined): string | null => (text?.trim() ? text : null)

/** What the form of a draft says to the schemas. */
export function readDraft(values: Values, style: Style): ReadForm {
  const { lines, errors } = readLines(begun(values), style)
  const off = readDiscount(values, style)
  const { discountPercent: percent, discountAmount: amount } = off
  return {
    input: {
      lines,
      discount: percent !== null ? { percent } : amount !== null ? { amount } : null,
      notes: values['notes'] ?? '',
      dueOn: orNull(values['dueOn']),
      supplyOn: orNull(values['supplyOn']),
      reverseCharge: values['reverseCharge'] === 'yes',
      repeatable: values['repeatable'] === 'yes',
      prices: readPrices(values),
      buyer: {
        name: values['buyer.name'] ?? '',
        address: orNull(values['buyer.address']),
        taxId: orNull(values['buyer.taxId']),
      },
    },
    errors: [...errors, ...off.errors],
  }
}

/** Messages of the schemas and verbs, at the fields of this form. */
export const atFields = (errors: readonly FieldError[]): FieldError[] =>
  errors.map(({ path, message }) => ({
    path: path.startsWith('discount') ? 'discount' : path === 'milestone' ? '' : path,
    message,
  }))

/** A draft as its form shows it. */
export function draftValues(invoice: InvoiceItem, locale: string): Values {
  const { currency, discountPercent, discountAmount, buyer } = invoice
  const discount =
    discountPercent !== null
      ? writeNumber(discountPercent, locale)
      : discountAmount !== null
        ? writeAmount(discountAmount, currency, locale)
        : ''
  return {
    ...writeLines(invoice.lines, { currency, locale }),
    version: String(invoice.version),
    prices: invoice.prices,
    discount,
    discountKind: discountAmount === null ? 'percent' : 'amount',
    notes: invoice.notes,
    dueOn: invoice.dueOn ?? '',
    supplyOn: invoice.supplyOn ?? '',
    reverseCharge: invoice.reverseCharge ? 'yes' : '',
    repeatable: invoice.repeatable ? 'yes' : '',
    'buyer.name': buyer.name,
    'buyer.address': buyer.address ?? '',
    'buyer.taxId': buyer.taxId ?? '',
  }
}
