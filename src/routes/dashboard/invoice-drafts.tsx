import { Hono, type Context } from 'hono'
import { milestoneLine } from '../../features/invoices/compose.ts'
import {
  changeDraft,
  createDraft,
  deleteDraft,
  duplicateInvoice,
  wasDeleted,
} from '../../features/invoices/draft.ts'
import {
  changeInvoiceInput,
  createInvoiceInput,
  duplicateInvoiceInput,
} from '../../features/invoices/input.ts'
import type { InvoiceItem, InvoicePath } from '../../features/invoices/queries.ts'
import { writeLines, type Style } from '../../features/invoices/typed.ts'
import { changePortal } from '../../features/portals/actions.ts'
import { deskOf, type Desk } from '../../features/portals/with-invoices.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { atFields, draftValues, readDraft, redrawn, withRows } from './bill-values.ts'
import { frameOf, refuse } from './frame.tsx'
import { InvoiceFormPage } from './invoice-form.tsx'
import { Meanwhile } from './invoice-meanwhile.tsx'

type Here = Context<Inside>
type Status = 200 | 409 | 422

const pathOf = (c: Here): InvoicePath => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
})

const deskFor = (c: Here, more: { milestone?: string; invoice?: string } = {}) => {
  const { db, organization } = c.get('ctx')
  return deskOf(db, organization.id, { ...pathOf(c), ...more })
}

/** In the portal's currency, whatever a draft was written in. */
const styleOf = (c: Here, { portal }: Desk): Style => ({
  currency: portal.currency,
  locale: c.get('ctx').organization.locale,
})

function draw(c: Here, desk: Desk, form: FormState, status: Status = 200) {
  const { invoice } = desk
  const meanwhile =
    status === 409 && invoice ? (
      <Meanwhile invoice={invoice} locale={c.get('ctx').organization.locale} />
    ) : undefined
  const props = { desk, style: styleOf(c, desk), form, meanwhile }
  return c.html(<InvoiceFormPage {...frameOf(c)} {...props} />, status)
}

/** A blank draft, or one of a milestone. */
function firstValues(c: Here, desk: Desk): Values {
  const { portal, house, milestone } = desk
  const buyer = portal.buyer ?? { name: portal.client, address: null, taxId: null }
  const line = milestone && milestoneLine({ ...portal, prices: house.prices, milestone })
  const style = styleOf(c, desk)
  const rate = desk.rates[0]?.rate ?? null
  return {
    ...(line ? writeLines([{ ...line, taxRate: rate }], style) : {}),
    id: newId(c.get('ctx').now),
    milestone: line && milestone ? milestone.id : '',
    prices: house.prices,
    discountKind: 'percent',
    'buyer.name': buyer.name,
    'buyer.address': buyer.address ?? '',
    'buyer.taxId': buyer.taxId ?? '',
  }
}

const shown = (c: Here, invoice: string) =>
  c.redirect(paths.invoice(c.get('ctx').organization.slug, pathOf(c).portal, invoice), 303)

/** Whether a draft says just what a form wants of it. */
function isSaved(invoice: InvoiceItem, wanted: Record<string, unknown>, style: Style): boolean {
  const now = readDraft(draftValues(invoice, style.locale), style).input
  const [one, other] = [now, wanted].map((input) => parse(changeInvoiceInput, input))
  return one?.ok === true && other?.ok === true && JSON.stringify(one) === JSON.stringify(other)
}

/** What came of a form; saved by `save`, drawn anew by a button, or back with what is wrong. */
async function handle(
  c: Here,
  values: Values,
  desk: Desk,
  save: (input: Record<string, unknown>) => Promise<Result<InvoiceItem, Failure>>,
): Promise<Response> {
  const { rates, saved } = desk
  const style = styleOf(c, desk)
  const again = redrawn(values, { style, rates, saved })
  if (again) return draw(c, desk, { values: again, errors: [] })
  const read = readDraft(values, style)
  const back = (errors: FormState['errors'], on = desk, status: Status = 422) =>
    draw(c, on, { values: withRows(values, { style, rates }), errors: atFields(errors) }, status)
  const done: Result<InvoiceItem, Failure> =
    read.errors.length > 0
      ? { ok: false, failure: { kind: 'invalid', errors: read.errors } }
      : await save(read.input)
  if (!done.ok) {
    const { failure } = done
    if (failure.kind === 'invalid') return back(failure.errors)
    if (failure.kind !== 'conflict' || failure.reason !== 'changed-meanwhile') {
      return refuse(c, failure)
    }
    const now = await deskFor(c, { invoice: desk.invoice?.id ?? values['id'] ?? '' })
    if (!now?.invoice) return refuse(c, failure)
    // The second of two clicks finds it saved by the first.
    if (isSaved(now.invoice, read.input, style)) return shown(c, now.invoice.id)
    values['version'] = String(now.invoice.version)
    return back([], now, 409)
  }
  const ctx = c.get('ctx')
  const { portal } = pathOf(c)
  if (values['keepBuyer'] === 'yes') await changePortal(ctx, portal, { buyer: done.value.buyer })
  return shown(c, done.value.id)
}

const invalid = (errors: FormState['errors']) =>
  ({ ok: false, failure: { kind: 'invalid', errors } }) as const

export const invoiceDraftPages = new Hono<Inside>()
  .get(paths.newInvoice(':organization', ':portal'), async (c) => {
    const desk = await deskFor(c, { milestone: c.req.query('milestone') ?? '' })
    if (!desk) return c.notFound()
    if (desk.portal.archivedAt !== null) {
      return refuse(c, { kind: 'conflict', reason: 'portal-archived' })
    }
    const rows = { style: styleOf(c, desk), rates: desk.rates }
    return draw(c, desk, { values: withRows(firstValues(c, desk), rows), errors: [] })
  })
  .post(paths.invoicesOf(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const desk = await deskFor(c)
    if (!desk) return c.notFound()
    return handle(c, values, desk, async (input) => {
      const wanted = parse(createInvoiceInput, {
        ...input,
        id: values['id'] || undefined,
        milestone: values['milestone'] || undefined,
      })
      if (!wanted.ok) return invalid(wanted.errors)
      const { portal } = pathOf(c)
      const made = await createDraft(ctx, { ...wanted.value, portal })
      if (!made.ok || isSaved(made.value, input, styleOf(c, desk))) return made
      // Somebody went back to the form of a draft that is there: what it says now changes that one.
      const change = parse(changeInvoiceInput, { ...input, version: 1 })
      if (!change.ok) return invalid(change.errors)
      return changeDraft(ctx, { portal, invoice: made.value.id }, change.value)
    })
  })
  .get(paths.editInvoice(':organization', ':portal', ':invoice'), async (c) => {
    const desk = await deskFor(c)
    if (!desk?.invoice) return c.notFound()
    if (desk.invoice.status !== 'draft') {
      return refuse(c, { kind: 'conflict', reason: 'invoice-issued' })
    }
    const values = draftValues(desk.invoice, c.get('ctx').organization.locale)
    const rows = { style: styleOf(c, desk), rates: desk.rates }
    return draw(c, desk, { values: withRows(values, rows), errors: [] })
  })
  .post(paths.editInvoice(':organization', ':portal', ':invoice'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const desk = await deskFor(c)
    if (!desk?.invoice) return c.notFound()
    return handle(c, values, desk, async (input) => {
      const version = /^\d{1,9}$/.test(values['version'] ?? '') ? Number(values['version']) : 0
      const wanted = parse(changeInvoiceInput, { ...input, version })
      if (!wanted.ok) return invalid(wanted.errors)
      return changeDraft(ctx, pathOf(c), wanted.value)
    })
  })
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'delete'), async (c) => {
    const ctx = c.get('ctx')
    const { portal } = pathOf(c)
    const gone = await deleteDraft(ctx, pathOf(c))
    const again = !gone.ok && gone.failure.kind === 'missing' && (await wasDeleted(ctx, pathOf(c)))
    return gone.ok || again
      ? c.redirect(paths.invoicesOf(ctx.organization.slug, portal), 303)
      : refuse(c, gone.failure)
  })
  .post(paths.invoiceAction(':organization', ':portal', ':invoice', 'duplicate'), async (c) => {
    const ctx = c.get('ctx')
    const { portal } = pathOf(c)
    const { id } = await formValues(c.req.raw)
    const input = parse(duplicateInvoiceInput, { id: id || undefined })
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    const made = await duplicateInvoice(ctx, pathOf(c), input.value)
    return made.ok
      ? c.redirect(paths.editInvoice(ctx.organization.slug, portal, made.value.id), 303)
      : refuse(c, made.failure)
  })
