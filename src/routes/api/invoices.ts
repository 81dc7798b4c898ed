import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import {
  changeDraft,
  createDraft,
  deleteDraft,
  duplicateInvoice,
} from '../../features/invoices/draft.ts'
import {
  changeInvoiceInput,
  createInvoiceInput,
  duplicateInvoiceInput,
  issueInvoiceInput,
  listInvoicesInput,
  revealInvoiceInput,
  voidInvoiceInput,
} from '../../features/invoices/input.ts'
import { issueInvoice } from '../../features/invoices/issue.ts'
import {
  invoiceById,
  listInvoices,
  listInvoicesOf,
  type InvoiceItem,
  type InvoicePath,
} from '../../features/invoices/queries.ts'
import { revealInvoice, sendInvoice } from '../../features/invoices/send.ts'
import { endInvoice, voidInvoice } from '../../features/invoices/void.ts'
import type { Failure } from '../../lib/failure.ts'
import { ok, type Result } from '../../lib/result.ts'
import { paths, type InvoiceAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { invoiceView } from './invoice-views.ts'
import { invoicesAsCsv, wantsCsv } from './invoices-csv.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'

type Here = Context<Admin>

const pathOf = (c: Here): InvoicePath => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
})

async function show(c: Here, invoice: string) {
  const ctx = c.get('ctx')
  const path = { ...pathOf(c), invoice }
  const found = await invoiceById(ctx.db, ctx.organization.id, path)
  return found && invoiceView(found, todayIn(ctx))
}

const shown = (ctx: TenantCtx, done: Result<InvoiceItem, Failure>) =>
  done.ok ? ok(invoiceView(done.value, todayIn(ctx))) : done

const action = (name: InvoiceAction) => paths.api.invoiceAction(':portal', ':invoice', name)

const item = paths.api.invoice(':portal', ':invoice')

export const invoices = new Hono<Admin>()
  .get(paths.api.invoices, async (c) => {
    c.header('Vary', 'Accept')
    if (wantsCsv(c)) return invoicesAsCsv(c)
    const ctx = c.get('ctx')
    const input = parse(listInvoicesInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const today = todayIn(ctx)
    const page = await listInvoices(ctx.db, ctx.organization.id, { ...input.value, today })
    return c.json({ items: page.items.map((one) => invoiceView(one, today)), next: page.next })
  })
  .get(paths.api.invoicesOf(':portal'), async (c) => {
    const ctx = c.get('ctx')
    const input = parse(listInvoicesInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const today = todayIn(ctx)
    const { portal } = pathOf(c)
    const wanted = { ...input.value, today }
    const page = await listInvoicesOf(ctx.db, ctx.organization.id, portal, wanted)
    if (!page) return failed(c, { kind: 'missing' })
    return c.json({ items: page.items.map((one) => invoiceView(one, today)), next: page.next })
  })
  .post(
    paths.api.invoicesOf(':portal'),
    post({
      status: 201,
      input: (c) => jsonBody(c, createInvoiceInput),
      async act(c, input, id) {
        const ctx = c.get('ctx')
        return shown(ctx, await createDraft(ctx, { ...input, id, portal: pathOf(c).portal }))
      },
      show,
    }),
  )
  .get(item, async (c) => {
    const found = await show(c, pathOf(c).invoice)
    return found ? c.json(found) : failed(c, { kind: 'missing' })
  })
  .patch(item, async (c) => {
    const input = await jsonBody(c, changeInvoiceInput)
    if (!input.ok) return input.response
    const ctx = c.get('ctx')
    const changed = await changeDraft(ctx, pathOf(c), input.value)
    if (changed.ok) return c.json(invoiceView(changed.value, todayIn(ctx)))
    const { failure } = changed
    // What it is now, so that nobody writes over it unseen.
    const current = failure.kind === 'conflict' ? await show(c, pathOf(c).invoice) : undefined
    return failed(c, failure, current && { current })
  })
  .delete(item, async (c) => {
    const gone = await deleteDraft(c.get('ctx'), pathOf(c))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(
    action('issue'),
    post({
      status: 200,
      input: (c) => jsonBody(c, issueInvoiceInput),
      async act(c, input) {
        const ctx = c.get('ctx')
        return shown(ctx, await issueInvoice(ctx, pathOf(c), input))
      },
      show: (c) => show(c, pathOf(c).invoice),
    }),
  )
  .post(
    action('void'),
    post({
      status: 200,
      input: (c) => jsonBody(c, voidInvoiceInput),
      async act(c, input) {
        const ctx = c.get('ctx')
        return shown(ctx, await voidInvoice(ctx, pathOf(c), input))
      },
      show: (c) => show(c, pathOf(c).invoice),
    }),
  )
  .post(
    action('end'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const ctx = c.get('ctx')
        return shown(ctx, await endInvoice(ctx, pathOf(c)))
      },
      show: (c) => show(c, pathOf(c).invoice),
    }),
  )
  .post(
    action('send'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const ctx = c.get('ctx')
        return shown(ctx, await sendInvoice(ctx, pathOf(c)))
      },
      show: (c) => show(c, pathOf(c).invoice),
    }),
  )
  .post(
    paths.api.revealInvoice(':portal', ':invoice'),
    post({
      status: 200,
      input: (c) => jsonBody(c, revealInvoiceInput),
      async act(c, input) {
        const ctx = c.get('ctx')
        const revealed = await revealInvoice(ctx, pathOf(c), input)
        if (!revealed.ok) return revealed
        const { invoice, url, contact } = revealed.value
        return ok({ ...invoiceView(invoice, todayIn(ctx)), url, contact })
      },
      show: (c) => show(c, pathOf(c).invoice),
    }),
  )
  .post(
    action('duplicate'),
    post({
      status: 201,
      input: (c) => jsonBody(c, duplicateInvoiceInput),
      async act(c, _, id) {
        const ctx = c.get('ctx')
        return shown(ctx, await duplicateInvoice(ctx, pathOf(c), { id }))
      },
      show,
    }),
  )
