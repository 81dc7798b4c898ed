import { Hono, type Context } from 'hono'
import {
  recordPaymentInput,
  refundInput,
  reversalInput,
  voidInvoiceInput,
} from '../../features/invoices/input.ts'
import { issueInvoice } from '../../features/invoices/issue.ts'
import {
  recordPayment,
  reversePayment,
  type PaymentPath,
} from '../../features/invoices/payments.ts'
import { invoiceById, type InvoiceItem } from '../../features/invoices/queries.ts'
import { amountHint } from '../../features/invoices/typed.ts'
import { revealInvoice, sendInvoice } from '../../features/invoices/send.ts'
import { endInvoice, voidInvoice } from '../../features/invoices/void.ts'
import { clearAnswer } from '../../features/reminders/answer.ts'
import { pauseReminders, resumeReminders } from '../../features/reminders/pause.ts'
import { remindNow } from '../../features/reminders/remind.ts'
import { giveBack } from '../../features/payments/refund.ts'
import { portalWithInvoice } from '../../features/portals/with-invoices.ts'
import { dayOf } from '../../lib/day.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { readAmount, writeAmount } from '../../lib/typed.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, parse, type Parsed, type Values } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { InvoiceAddress } from './invoice-address.tsx'
import { InvoicePage, type InvoiceForms } from './invoice-page.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): PaymentPath => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
  payment: c.req.param('payment') ?? '',
})

interface Shown {
  back?: Partial<InvoiceForms>
  status?: 200 | 422
}

async function page(c: Here, { back, status = 200 }: Shown = {}) {
  const { db, now, organization } = c.get('ctx')
  const found = await portalWithInvoice(db, organization.id, pathOf(c))
  if (!found) return c.notFound()
  const { balance, currency } = found.invoice
  const today = dayOf(now, organization.timeZone)
  const values = {
    id: newId(now),
    amount: balance > 0 ? writeAmount(balance, currency, organization.locale) : '',
    method: 'bank',
    receivedOn: today,
    note: '',
    receipt: 'yes',
  }
  const pay = { values, errors: [] }
  const forms: InvoiceForms = { pay, paying: false, newId: newId(now), ...back }
  return c.html(
    <InvoicePage {...frameOf(c)} found={found} forms={forms} today={today} now={now} />,
    status,
  )
}

/** Back to the invoice, or why not. */
function done(c: Here, result: Result<InvoiceItem, Failure>) {
  const { slug } = c.get('ctx').organization
  const { portal, invoice } = pathOf(c)
  return result.ok
    ? c.redirect(paths.invoice(slug, portal, invoice), 303)
    : refuse(c, result.failure)
}

/** What a form of money says: its amount as it is typed, in the invoice's currency. */
async function money(c: Here, values: Values) {
  const { db, organization } = c.get('ctx')
  const found = await invoiceById(db, organization.id, pathOf(c))
  if (!found) return undefined
  const style = { currency: found.currency, locale: organization.locale }
  const amount = readAmount(values['amount'] ?? '', style.currency, style.locale)
  return { amount, hint: amountHint(style) }
}

/** The schema's word on a form of money, but of the amount: it was typed, and not in minor units. */
function read<T>(
  { amount, hint }: { amount: number | undefined; hint: string },
  parsed: Parsed<T>,
): Parsed<T> {
  if (parsed.ok) return parsed
  const isWrong = amount === undefined || parsed.errors.some(({ path }) => path === 'amount')
  if (!isWrong) return parsed
  const message = amount === 0 ? 'The amount is more than 0.' : hint
  const others = parsed.errors.filter(({ path }) => path !== 'amount')
  return { ok: false, errors: [{ path: 'amount', message }, ...others] }
}

export const invoiceActPages = new Hono<Inside>()
  .get(paths.invoice(':organization', ':portal', ':invoice'), (c) => page(c))
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'issue'), async (c) => {
    const ctx = c.get('ctx')
    const { version, send } = await formValues(c.req.raw)
    const seen = await invoiceById(ctx.db, ctx.organization.id, pathOf(c))
    // What is issued is what somebody had before them.
    const changed = seen?.status === 'draft' && version && version !== String(seen.version)
    if (changed) return refuse(c, { kind: 'conflict', reason: 'changed-meanwhile' })
    return done(c, await issueInvoice(ctx, pathOf(c), { send: send === 'yes' }))
  })
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'void'), async (c) => {
    const input = parse(voidInvoiceInput, await formValues(c.req.raw))
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    return done(c, await voidInvoice(c.get('ctx'), pathOf(c), input.value))
  })
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'end'), async (c) =>
    done(c, await endInvoice(c.get('ctx'), pathOf(c))),
  )
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'remind'), async (c) =>
    done(c, await remindNow(c.get('ctx'), pathOf(c))),
  )
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'pause-reminders'), async (c) =>
    done(c, await pauseReminders(c.get('ctx'), pathOf(c))),
  )
  .post(
    paths.invoiceAction(':organization', ':portal', ':invoice', 'resume-reminders'),
    async (c) => done(c, await resumeReminders(c.get('ctx'), pathOf(c))),
  )
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'clear-answer'), async (c) =>
    done(c, await clearAnswer(c.get('ctx'), pathOf(c))),
  )
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'send'), async (c) =>
    done(c, await sendInvoice(c.get('ctx'), pathOf(c))),
  )
  .post(paths.teamRevealInvoice(':organization', ':portal', ':invoice'), async (c) => {
    const revealed = await revealInvoice(c.get('ctx'), pathOf(c), {})
    if (!revealed.ok) return refuse(c, revealed.failure)
    return c.html(<InvoiceAddress {...frameOf(c)} revealed={revealed.value} />)
  })
  .post(paths.payments(':organization', ':portal', ':invoice'), async (c) => {
    const values = await formValues(c.req.raw)
    const given = await money(c, values)
    if (!given) return c.notFound()
    const again = (errors: readonly FieldError[]) =>
      page(c, { back: { pay: { values, errors }, paying: true }, status: 422 })
    const { method, receivedOn, note } = values
    const receipt = values['receipt'] === 'yes'
    const facts = { id: values['id'] || undefined, method, receivedOn, note, receipt }
    const input = read(given, parse(recordPaymentInput, { ...facts, amount: given.amount }))
    if (!input.ok) return again(input.errors)
    const paid = await recordPayment(c.get('ctx'), pathOf(c), input.value)
    if (!paid.ok && paid.failure.kind === 'invalid') return again(paid.failure.errors)
    return done(c, paid)
  })
  .post(
    paths.paymentAction(':organization', ':portal', ':invoice', ':payment', 'refund'),
    async (c) => {
      const values = await formValues(c.req.raw)
      const given = await money(c, values)
      if (!given) return c.notFound()
      const { payment } = pathOf(c)
      const again = (errors: readonly FieldError[]) =>
        page(c, { back: { refund: { payment, form: { values, errors } } }, status: 422 })
      const { note } = values
      const facts = { id: values['id'] || undefined, note, amount: given.amount }
      const input = read(given, parse(refundInput, facts))
      if (!input.ok) return again(input.errors)
      const refunded = await giveBack(c.get('ctx'), pathOf(c), input.value)
      if (!refunded.ok && refunded.failure.kind === 'invalid') {
        return again(refunded.failure.errors)
      }
      return done(c, refunded)
    },
  )
  .post(
    paths.paymentAction(':organization', ':portal', ':invoice', ':payment', 'reverse'),
    async (c) => {
      const { note } = await formValues(c.req.raw)
      const input = parse(reversalInput, { note })
      if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
      return done(c, await reversePayment(c.get('ctx'), pathOf(c), input.value))
    },
  )
