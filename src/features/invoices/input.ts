import * as z from 'zod/mini'
import { invoiceStatuses, paymentMethods } from '../../db/schema/invoices.ts'
import { priceKinds } from '../../db/schema/organizations.ts'
import { amount, decimal, percent } from '../../lib/amounts.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { pageInput } from '../../lib/page.ts'
import {
  currency,
  day,
  id,
  line,
  lines as postal,
  paragraph,
  plannedDay,
} from '../../lib/schema.ts'
import { ages } from './ageing.ts'
import { MOST_LINES } from './rules.ts'

const lineInput = z.object({
  description: line('The description', 300),
  quantity: decimal('The quantity', { most: 999_999_999, places: 6 }),
  unitAmount: amount('The unit amount'),
  taxRate: z._default(z.nullable(percent('The tax rate')), null),
})

const linesInput = z
  .array(lineInput, 'lines is a list.')
  .check(
    z.minLength(1, 'An invoice has at least one line.'),
    z.maxLength(MOST_LINES, `An invoice has at most ${MOST_LINES} lines.`),
  )

const oneOfBoth = 'A discount is either { percent } or { amount }.'
const discountInput = z
  .object(
    { percent: z.optional(percent('The discount')), amount: z.optional(amount('The discount')) },
    oneOfBoth,
  )
  .check(z.refine((off) => (off.percent === undefined) !== (off.amount === undefined), oneOfBoth))

const buyerInput = z.object({
  name: line('The buyer’s name', 160),
  address: z._default(
    z.nullable(postal('The buyer’s address', { lines: 8, characters: 400 })),
    null,
  ),
  taxId: z._default(z.nullable(line('The buyer’s tax id', 60)), null),
})

const flag = (name: string) => z.boolean(`${name} is true or false.`)

const facts = {
  lines: z.optional(linesInput),
  discount: z.optional(z.nullable(discountInput)),
  notes: z.optional(paragraph('The text of the notes', 2000)),
  /** Null for the organisation's terms, counted from the day of issue. */
  dueOn: z.optional(z.nullable(plannedDay)),
  supplyOn: z.optional(z.nullable(plannedDay)),
  reverseCharge: z.optional(flag('reverseCharge')),
  repeatable: z.optional(flag('repeatable')),
  /** Whether prices are without or with their tax; as the organisation has it, unless given. */
  prices: z.optional(z.enum(priceKinds, 'prices is net or gross.')),
  /** Whom it is for; as the portal has it, unless given. */
  buyer: z.optional(buyerInput),
}

export const createInvoiceInput = z
  .object({
    /** A UUIDv7 chosen by the caller: the same one again makes no second invoice. */
    id: z.optional(id),
    ...facts,
    /** A milestone of the portal to bill; without lines, at what it is priced at. */
    milestone: z.optional(id),
  })
  .check(
    z.refine(({ lines, milestone }) => lines !== undefined || milestone !== undefined, {
      path: ['lines'],
      error: 'An invoice has at least one line.',
    }),
  )
export type CreateInvoice = z.output<typeof createInvoiceInput>

export const changeInvoiceInput = z.object({
  /** The version that the change was made on; with one, a stale change is refused. */
  version: z.optional(
    z.int('version is a whole number.').check(z.gte(1, 'version is at least 1.')),
  ),
  ...facts,
})
export type ChangeInvoice = z.output<typeof changeInvoiceInput>
export type DraftFacts = Omit<ChangeInvoice, 'version'>

export const duplicateInvoiceInput = z.object({ id: z.optional(id) })

export const issueInvoiceInput = z.object({
  /** Whether the client is told by email. */
  send: z._default(z.boolean('send is true or false.'), true),
})

export const revealInvoiceInput = z.object({
  /** The link whose contact it is for; left out, the first of those whom its mail goes to. */
  link: z.optional(id),
})
export type RevealInvoice = z.output<typeof revealInvoiceInput>

export const voidInvoiceInput = z.object({
  reason: z._default(paragraph('The reason', 300), ''),
})

export const creditNoteInput = z.object({
  id: z.optional(id),
  lines: linesInput,
  reason: paragraph('The reason', 300).check(z.minLength(1, 'Say why in a few words.')),
})
export type CreateCreditNote = z.output<typeof creditNoteInput>

/** How money comes that no machine reports. */
const byHand = paymentMethods.filter((method) => method !== 'stripe')

export const recordPaymentInput = z.object({
  id: z.optional(id),
  amount: amount('The amount', 1),
  method: z.enum(byHand, `method is one of ${byHand.join(', ')}.`),
  receivedOn: plannedDay,
  note: z._default(paragraph('The note', 300), ''),
  /** Whether a receipt is mailed to whom invoices are mailed to. */
  receipt: z._default(flag('receipt'), true),
})
export type RecordPayment = z.output<typeof recordPaymentInput>

export const refundInput = z.object({
  id: z.optional(id),
  amount: amount('The amount', 1),
  note: z._default(paragraph('The note', 300), ''),
})
export type Refund = z.output<typeof refundInput>

export const reversalInput = z.object({
  id: z.optional(id),
  note: z._default(paragraph('The note', 300), ''),
})
export type Reversal = z.output<typeof reversalInput>

/** Overdue and a problem that its client has are none of an invoice's own states: see `isOverdue`. */
const statusFilters = [...invoiceStatuses, 'overdue', 'problem'] as const

const wrongCursor = 'This is not a cursor of this list.'
const dueKey = z.tuple([day, id])

/** How far a list was read, by what it is sorted by. */
export type After =
  { sort: 'newest' | 'found'; id: string } | { sort: 'due'; dueOn: string; id: string }

function after(sort: After['sort'], cursor: string): After | undefined {
  if (sort !== 'due') {
    const key = z.safeParse(id, cursor)
    return key.success ? { sort, id: key.data } : undefined
  }
  const key = z.safeParse(dueKey, decodeCursor(cursor))
  return key.success ? { sort, dueOn: key.data[0], id: key.data[1] } : undefined
}

/** The last item's place in a list of this sort. */
export const cursorOf: Record<
  After['sort'],
  (last: { id: string; dueOn: string | null }) => string
> = {
  newest: ({ id }) => id,
  found: ({ id }) => id,
  due: ({ dueOn, id }) => encodeCursor([dueOn ?? '', id]),
}

/**
 * What a list of invoices is asked with. It is newest first, and what is searched for as well; overdue
 * ones, and those of a currency or an age, are in the order of their due days.
 */
export const listInvoicesInput = z.pipe(
  z.extend(pageInput, {
    status: z.optional(z.enum(statusFilters, `status is one of ${statusFilters.join(', ')}.`)),
    /** The beginnings of words in its number, its client, its project or its buyer. */
    q: z.optional(z.string().check(z.trim(), z.maxLength(200, 'q is longer than 200 characters.'))),
    /** These two narrow open and overdue invoices. */
    currency: z.optional(currency),
    age: z.optional(z.enum(ages, `age is one of ${ages.join(', ')}.`)),
    cursor: z.optional(z.string()),
  }),
  z.transform(({ limit, status, q = '', currency, age, cursor }, { issues }) => {
    const owed = currency !== undefined || age !== undefined
    const sort: After['sort'] =
      q !== '' || status === 'problem' ? 'found' : owed || status === 'overdue' ? 'due' : 'newest'
    const found = cursor === undefined ? undefined : after(sort, cursor)
    if (cursor !== undefined && found === undefined) {
      issues.push({ code: 'custom', message: wrongCursor, input: cursor, path: ['cursor'] })
    }
    if (owed && status !== 'open' && status !== 'overdue') {
      const message = 'A currency or an age is of open or overdue invoices: say so by status.'
      issues.push({ code: 'custom', message, input: status, path: ['status'] })
    }
    return { limit, status, q, currency, age, sort, after: found }
  }),
)
export type ListInvoices = z.output<typeof listInvoicesInput>

/** A page of what a client sees; the client's door itself reads it by `placeOf`, without zod. */
export const clientInvoicesInput = z.extend(pageInput, { cursor: z.optional(z.string()) })
