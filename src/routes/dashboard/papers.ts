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
import { BYTE_ORDER_MARK } from '../../lib/csv.ts'
import { paths } from '../../paths.ts'
import { beingMadeForTeam } from '../being-made.tsx'
import { sendDocument } from '../document-answer.ts'
import type { Inside } from '../http.ts'
import { statementCsv } from '../statement-csv.ts'
import { refuse } from './frame.tsx'

type Here = Context<Inside>

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
  if (!found) return c.notFound()
  if (found.number === null) return refuse(c, { kind: 'conflict', reason: 'invoice-draft' })
  if (!found.made) return beingMadeForTeam(c)
  const file = { ...document, name: named(found.number) }
  return sendDocument(c, c.env.BUCKET, placeOf(c), file, beingMadeForTeam)
}

const ORG = ':organization'

/** The API's PDFs for people: a link in a page brings its session along. */
export const paperPages = new Hono<Inside>()
  .get(paths.teamInvoicePdf(ORG, ':portal', ':invoice'), async (c) => {
    const { db, organization } = c.get('ctx')
    const path = pathOf(c)
    const found = await invoiceDocument(db, organization.id, path)
    return answer(c, found, { kind: 'invoice', of: path.invoice })
  })
  .get(paths.teamCreditNotePdf(ORG, ':portal', ':invoice', ':note'), async (c) => {
    const { db, organization } = c.get('ctx')
    const { note } = c.req.param()
    const found = await creditNoteDocument(db, organization.id, { ...pathOf(c), note })
    return answer(c, found, { kind: 'credit-note', of: note })
  })
  .get(paths.teamReceipt(ORG, ':portal', ':invoice', ':payment'), async (c) => {
    const { db, organization } = c.get('ctx')
    const { payment } = c.req.param()
    const found = await receiptDocument(db, organization.id, { ...pathOf(c), payment })
    return answer(c, found, { kind: 'receipt', of: payment }, (number) => `Receipt-${number}`)
  })
  .get(paths.teamStatement(ORG, ':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const { portal } = c.req.param()
    const found = await statementDocument(db, organization.id, portal)
    if (!found) return c.notFound()
    if (!found.billed) return refuse(c, { kind: 'conflict', reason: 'statement-empty' })
    if (!found.made || found.waiting) return beingMadeForTeam(c)
    const file = { kind: 'statement', of: portal, name: 'Statement' } as const
    return sendDocument(c, c.env.BUCKET, placeOf(c), file, beingMadeForTeam)
  })
  .get(paths.teamStatementTable(ORG, ':portal'), async (c) => {
    const facts = await statementFacts(c.get('ctx').db, placeOf(c))
    if (!facts) return c.notFound()
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
    c.header('Content-Disposition', 'attachment; filename="statement.csv"')
    return c.body(BYTE_ORDER_MARK + statementCsv(facts.invoices))
  })
