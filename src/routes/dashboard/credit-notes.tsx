import { Hono, type Context } from 'hono'
import { createCreditNote } from '../../features/invoices/credit-notes.ts'
import { creditNoteInput } from '../../features/invoices/input.ts'
import type { InvoiceItem, InvoicePath } from '../../features/invoices/queries.ts'
import { begun, readLines, writeLines, type Style } from '../../features/invoices/typed.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { deskOf, type Desk } from '../../features/portals/with-invoices.ts'
import type { FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { redrawn, withRows } from './bill-values.ts'
import { CreditNoteForm } from './credit-note-form.tsx'
import { frameOf, refuse } from './frame.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): InvoicePath => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
})

const styleOf = (c: Here, { currency }: InvoiceItem): Style => ({
  currency,
  locale: c.get('ctx').organization.locale,
})

interface Drawn {
  desk: Desk
  invoice: InvoiceItem
  form: FormState
  status?: 200 | 422
}

const draw = (c: Here, { desk, invoice, form, status = 200 }: Drawn) => {
  const props = { desk, invoice, form, style: styleOf(c, invoice) }
  return c.html(<CreditNoteForm {...frameOf(c)} {...props} />, status)
}

const deskFor = (c: Here) => {
  const { db, organization } = c.get('ctx')
  return deskOf(db, organization.id, pathOf(c))
}

/** A line whose quantity is nothing is not taken back. */
const isTaken = ({ quantity }: { quantity: string }): boolean => !/^[\s0.,]*$/.test(quantity)

/** The lines that are taken back, numbered anew. */
const taken = (values: Values) => begun(values).filter(isTaken)

export const creditNotePages = new Hono<Inside>()
  .get(paths.creditNotes(':organization', ':portal', ':invoice'), async (c) => {
    const ctx = c.get('ctx')
    if (!authorise(ctx.actor, 'invoice.credit')) return refuse(c, { kind: 'forbidden' })
    const desk = await deskFor(c)
    if (!desk?.invoice) return c.notFound()
    const { invoice } = desk
    if (invoice.status === 'draft') return refuse(c, { kind: 'conflict', reason: 'invoice-draft' })
    if (invoice.status === 'void') return refuse(c, { kind: 'conflict', reason: 'invoice-void' })
    const style = styleOf(c, invoice)
    const lines = invoice.lines.map((line) => ({ ...line, quantity: '' }))
    const values = withRows(
      { ...writeLines(lines, style), id: newId(ctx.now), prices: invoice.prices },
      { style, rates: [] },
    )
    return draw(c, { desk, invoice, form: { values, errors: [] } })
  })
  .post(paths.creditNotes(':organization', ':portal', ':invoice'), async (c) => {
    const ctx = c.get('ctx')
    if (!authorise(ctx.actor, 'invoice.credit')) return refuse(c, { kind: 'forbidden' })
    const values = await formValues(c.req.raw)
    const desk = await deskFor(c)
    if (!desk?.invoice) return c.notFound()
    const { invoice } = desk
    const style = styleOf(c, invoice)
    // Prices are what the invoice's are, whatever a form says.
    values['prices'] = invoice.prices
    const again = redrawn(values, { style, rates: [], saved: [] })
    if (again) return draw(c, { desk, invoice, form: { values: again, errors: [] } })
    const lines = taken(values)
    const places = begun(values).flatMap((line, index) => (isTaken(line) ? [index] : []))
    const back = (errors: readonly FieldError[]) => {
      const form = {
        values: withRows(values, { style, rates: [] }),
        errors: errors.map((error) => moved(error, places)),
      }
      return draw(c, { desk, invoice, form, status: 422 })
    }
    if (lines.length === 0) {
      return back([{ path: 'lines', message: 'Say how many of a line are taken back.' }])
    }
    const read = readLines(lines, style)
    if (read.errors.length > 0) return back(read.errors)
    const input = parse(creditNoteInput, {
      id: values['id'] || undefined,
      lines: read.lines,
      reason: values['reason'] ?? '',
    })
    if (!input.ok) return back(input.errors)
    const made = await createCreditNote(ctx, pathOf(c), input.value)
    if (!made.ok && made.failure.kind === 'invalid') return back(made.failure.errors)
    if (!made.ok) return refuse(c, made.failure)
    const { portal, invoice: id } = pathOf(c)
    return c.redirect(paths.invoice(ctx.organization.slug, portal, id), 303)
  })

/** An error of the so-manieth line that is taken back, at its place in the form. */
function moved({ path, message }: FieldError, places: readonly number[]): FieldError {
  const [, index, field] = /^lines\.(\d+)\.(\w+)$/.exec(path) ?? []
  const place = places[Number(index)]
  return place === undefined ? { path, message } : { path: `lines.${place}.${field}`, message }
}
