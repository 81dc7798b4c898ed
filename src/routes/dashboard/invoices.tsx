import { Hono, type Context } from 'hono'
import { listInvoicesInput, type ListInvoices } from '../../features/invoices/input.ts'
import { exportInvoices } from '../../features/invoices/queries.ts'
import { invoicesPage } from '../../features/invoices/tables.ts'
import { amountHint, readPercent } from '../../features/invoices/typed.ts'
import { changeMilestone } from '../../features/milestones/actions.ts'
import { changeMilestoneInput } from '../../features/milestones/input.ts'
import { changePortal } from '../../features/portals/actions.ts'
import { changePortalInput } from '../../features/portals/input.ts'
import { currencyOf, portalWithInvoices } from '../../features/portals/with-invoices.ts'
import { dayOf } from '../../lib/day.ts'
import type { FieldError } from '../../lib/failure.ts'
import { readAmount } from '../../lib/typed.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { wholeInvoiceTable } from '../invoice-csv.ts'
import { frameOf, refuse } from './frame.tsx'
import { InvoiceListPage } from './invoice-list.tsx'
import type { InvoiceView } from './invoice-tools.tsx'
import { PortalInvoicesPage, type PriceTrouble } from './portal-invoices.tsx'

type Here = Context<Inside>

const todayOf = (c: Here): string => {
  const { now, organization } = c.get('ctx')
  return dayOf(now, organization.timeZone)
}

/** Rows of a table that are read at once. */
const ROWS_AT_ONCE = 5000

const viewOf = ({ status, q, currency, age }: ListInvoices): InvoiceView => ({
  status,
  q: q === '' ? undefined : q,
  currency,
  age,
})

async function portalPage(
  c: Here,
  { trouble, status = 200 }: { trouble?: PriceTrouble; status?: 200 | 409 | 422 } = {},
) {
  const { db, now, organization } = c.get('ctx')
  const input = parse(listInvoicesInput, trouble ? {} : c.req.query())
  if (!input.ok) return c.notFound()
  const id = c.req.param('portal') ?? ''
  const wanted = { ...input.value, today: todayOf(c) }
  const found = await portalWithInvoices(db, organization.id, id, wanted)
  if (!found) return c.notFound()
  const view = { view: viewOf(input.value), first: input.value.after === undefined }
  return c.html(
    <PortalInvoicesPage {...frameOf(c)} {...view} found={found} trouble={trouble} now={now} />,
    status,
  )
}

/** Back to the portal's invoices. */
const back = (c: Here, at = '') => {
  const { slug } = c.get('ctx').organization
  return c.redirect(`${paths.invoicesOf(slug, c.req.param('portal') ?? '')}${at}`, 303)
}

const meanwhile: FieldError = {
  path: '',
  message: 'Somebody changed this milestone while you had it open. Look at it and save again.',
}

export const invoicePages = new Hono<Inside>()
  .get(paths.invoices(':organization'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listInvoicesInput, c.req.query())
    if (!input.ok) return c.notFound()
    const today = todayOf(c)
    const list = await invoicesPage(db, organization.id, { ...input.value, today })
    const view = viewOf(input.value)
    const first = input.value.after === undefined
    return c.html(<InvoiceListPage {...frameOf(c)} {...{ list, view, first, today }} />)
  })
  .get(paths.invoicesTable(':organization'), async (c) => {
    const { db, organization } = c.get('ctx')
    const today = todayOf(c)
    const page = (input: ListInvoices) =>
      exportInvoices(db, organization.id, { ...input, limit: ROWS_AT_ONCE, today })
    const query = c.req.query()
    const input = parse(listInvoicesInput, query)
    if (!input.ok) return c.notFound()
    const first = await page(input.value)
    const further = async (cursor: string) => {
      const on = parse(listInvoicesInput, { ...query, cursor })
      if (!on.ok) throw new Error('A list refuses its own cursor.')
      return page(on.value)
    }
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
    c.header('Content-Disposition', 'attachment; filename="invoices.csv"')
    return c.body(wholeInvoiceTable(first, further, today))
  })
  .get(paths.invoicesOf(':organization', ':portal'), (c) => portalPage(c))
  .post(paths.portalPrice(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const portal = c.req.param('portal')
    const values = await formValues(c.req.raw)
    const currency = await currencyOf(ctx.db, ctx.organization.id, portal)
    if (currency === undefined) return c.notFound()
    const again = (errors: readonly FieldError[]) =>
      portalPage(c, { trouble: { form: { values, errors } }, status: 422 })
    const { locale } = ctx.organization
    const text = values['price']?.trim() ?? ''
    const price = text === '' ? null : readAmount(text, currency, locale)
    if (price === undefined) {
      return again([{ path: 'price', message: amountHint({ currency, locale }) }])
    }
    const input = parse(changePortalInput, { price })
    if (!input.ok) return again(input.errors)
    const saved = await changePortal(ctx, portal, input.value)
    if (!saved.ok && saved.failure.kind === 'invalid') return again(saved.failure.errors)
    return saved.ok ? back(c) : refuse(c, saved.failure)
  })
  .post(paths.milestonePrice(':organization', ':portal', ':milestone'), async (c) => {
    const ctx = c.get('ctx')
    const { portal, milestone } = c.req.param()
    const values = await formValues(c.req.raw)
    const currency = await currencyOf(ctx.db, ctx.organization.id, portal)
    if (currency === undefined) return c.notFound()
    const again = (errors: readonly FieldError[], status: 409 | 422 = 422) =>
      portalPage(c, { trouble: { milestone, form: { values, errors } }, status })
    const { locale } = ctx.organization
    const style = { currency, locale }
    const text = values['price']?.trim() ?? ''
    const isAmount = values['kind'] === 'amount'
    const amount = text === '' || !isAmount ? null : readAmount(text, currency, locale)
    const percent = text === '' || isAmount ? null : readPercent(text, style)
    if (amount === undefined || percent === undefined) {
      const message = isAmount ? amountHint(style) : 'Per cent of the price, from 0 to 100.'
      return again([{ path: 'price', message }])
    }
    const version = /^\d{1,9}$/.test(values['version'] ?? '') ? Number(values['version']) : 0
    const input = parse(changeMilestoneInput, { version, amount, percent })
    if (!input.ok) return again(input.errors)
    const path = { portal, milestone }
    const saved = await changeMilestone(ctx, path, input.value)
    if (saved.ok) return back(c, `#step-${milestone}`)
    const { failure } = saved
    if (failure.kind === 'invalid') return again(failure.errors)
    const stale = failure.kind === 'conflict' && failure.reason === 'changed-meanwhile'
    return stale ? again([meanwhile], 409) : refuse(c, failure)
  })
