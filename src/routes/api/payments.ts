import { Hono, type Context } from 'hono'
import type * as z from 'zod/mini'
import { createCreditNote } from '../../features/invoices/credit-notes.ts'
import {
  creditNoteInput,
  recordPaymentInput,
  refundInput,
  reversalInput,
} from '../../features/invoices/input.ts'
import {
  recordPayment,
  reversePayment,
  type PaymentPath,
} from '../../features/invoices/payments.ts'
import { invoiceById, type InvoiceItem } from '../../features/invoices/queries.ts'
import { giveBack } from '../../features/payments/refund.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { paths, type PaymentAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { creditNoteView, invoiceView, paymentView } from './invoice-views.ts'
import { jsonBody } from './json.ts'
import { post } from './post.ts'
import { todayIn } from './today.ts'

type Here = Context<Admin>

const pathOf = (c: Here): PaymentPath => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
  payment: c.req.param('payment') ?? '',
})

/** What was entered, with the invoice as it is by it. */
type Entered = (c: Here, invoice: InvoiceItem, id: string) => object | undefined

const entry: Entered = (c, invoice, id) => {
  const found = invoice.ledger.find((row) => row.id === id)
  return found && { ...paymentView(found), invoice: invoiceView(invoice, todayIn(c.get('ctx'))) }
}

/** A payment is reversed once, whatever id the second call would have given its entry. */
const reversal: Entered = (c, invoice) => {
  const { payment } = pathOf(c)
  const found = invoice.ledger.find(({ kind, of }) => kind === 'reversal' && of === payment)
  return found && entry(c, invoice, found.id)
}

const note: Entered = (c, invoice, id) => {
  const found = invoice.creditNotes.find((row) => row.id === id)
  return found && { ...creditNoteView(found), invoice: invoiceView(invoice, todayIn(c.get('ctx'))) }
}

/** A POST that enters something. */
const entering = <T extends z.core.$ZodType>(
  schema: T,
  act: (c: Here, input: z.output<T>, id: string) => Promise<Result<InvoiceItem, Failure>>,
  entered: Entered,
) =>
  post({
    status: 201,
    // What Stripe is asked for is on its way first.
    accepted: (view) => 'method' in view && view.method === 'stripe',
    input: (c) => jsonBody(c, schema),
    async act(c, input, id) {
      const done = await act(c, input, id)
      if (!done.ok) return done
      const found = entered(c, done.value, id)
      return found ? ok(found) : fail({ kind: 'missing' })
    },
    async show(c, id) {
      const { db, organization } = c.get('ctx')
      const found = await invoiceById(db, organization.id, pathOf(c))
      return found && entered(c, found, id)
    },
  })

const back = (action: PaymentAction) =>
  paths.api.paymentAction(':portal', ':invoice', ':payment', action)

export const payments = new Hono<Admin>()
  .post(
    paths.api.payments(':portal', ':invoice'),
    entering(
      recordPaymentInput,
      (c, input, id) => recordPayment(c.get('ctx'), pathOf(c), { ...input, id }),
      entry,
    ),
  )
  .post(
    back('refund'),
    entering(
      refundInput,
      (c, input, id) => giveBack(c.get('ctx'), pathOf(c), { ...input, id }),
      entry,
    ),
  )
  .post(
    back('reverse'),
    entering(
      reversalInput,
      (c, input, id) => reversePayment(c.get('ctx'), pathOf(c), { ...input, id }),
      reversal,
    ),
  )
  .post(
    paths.api.creditNotes(':portal', ':invoice'),
    entering(
      creditNoteInput,
      (c, input, id) => createCreditNote(c.get('ctx'), pathOf(c), { ...input, id }),
      note,
    ),
  )
