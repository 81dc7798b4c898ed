import { Hono, type Context } from 'hono'
import { statementFacts } from '../../features/documents/facts.ts'
import {
  creditNoteDocument,
  invoiceDocument,
  receiptDocument,
  statementDocument,
  type FoundDocument,
} from '../../features/documents/queries.ts'
import type { DocumentOf } from '../../features/documents/rules.ts'
import { paths } from '../../paths.ts'
import { beingMade, sendDocument } from '../document-answer.ts'
import type { Admin } from '../http.ts'
import { statementCsv } from '../statement-csv.ts'
import { wantsCsv } from './invoices-csv.ts'
import { failed } from './problem.ts'

type Here = Context<Admin>

const placeOf = (c: Here) => ({
  organizationId: c.get('ctx').organization.id,
  portalId: c.req.param('portal') ?? '',
})

const pathOf = (c: Here) => ({
  portal: c.req.param('portal') ?? '',
  invoice: c.req.param('invoice') ?? '',
})

/** What was found, as bytes; `named` says what the file is called after its number. */
function answer(
  c: Here,
  found: FoundDocument | undefined,
  document: DocumentOf,
  named = (number: string) => number,
) {
  if (!found) return failed(c, { kind: 'missing' })
  if (found.number === null) return failed(c, { kind: 'conflict', reason: 'invoice-draft' })
  if (!found.made) return beingMade(c)
  return sendDocument(c, c.env.BUCKET, placeOf(c), { ...document, name: named(found.number) })
}

async function statementAsCsv(c: Here): Promise<Response> {
  const facts = await statementFacts(c.get('ctx').db, placeOf(c))
  if (!facts) return failed(c, { kind: 'missing' })
  c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
  c.header('Content-Disposition', 'attachment; filename="statement.csv"')
  return c.body(statementCsv(facts.invoices))
}

/** Documents lie in the bucket by the time that somebody asks; a GET finds them and streams. */
export const documents = new Hono<Admin>()
  .get(paths.api.invoicePdf(':portal', ':invoice'), async (c) => {
    const { db, organization } = c.get('ctx')
    const path = pathOf(c)
    const found = await invoiceDocument(db, organization.id, path)
    return answer(c, found, { kind: 'invoice', of: path.invoice })
  })
  .get(paths.api.creditNotePdf(':portal', ':invoice', ':note'), async (c) => {
    const { db, organization } = c.get('ctx')
    const { note } = c.req.param()
    const found = await creditNoteDocument(db, organization.id, { ...pathOf(c), note })
    return answer(c, found, { kind: 'credit-note', of: note })
  })
  .get(paths.api.receiptPdf(':portal', ':invoice', ':payment'), async (c) => {
    const { db, organization } = c.get('ctx')
    const { payment } = c.req.param()
    const found = await receiptDocument(db, organization.id, { ...pathOf(c), payment })
    return answer(c, found, { kind: 'receipt', of: payment }, (number) => `Receipt-${number}`)
  })
  .get(paths.api.statement(':portal'), async (c) => {
    c.header('Vary', 'Accept')
    if (wantsCsv(c)) return statementAsCsv(c)
    const { db, organization } = c.get('ctx')
    const { portal } = c.req.param()
    const found = await statementDocument(db, organization.id, portal)
    if (!found) return failed(c, { kind: 'missing' })
    if (!found.billed) return failed(c, { kind: 'conflict', reason: 'statement-empty' })
    if (!found.made || found.waiting) return beingMade(c)
    return sendDocument(c, c.env.BUCKET, placeOf(c), {
      kind: 'statement',
      of: portal,
      name: 'Statement',
    })
  })
