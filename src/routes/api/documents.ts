import { Hono, type Context } from 'hono'
import { statementFacts } from '../../features/documents/facts.ts'
import { paperForTeam } from '../../features/documents/queries.ts'
import type { PaperWanted } from '../../features/documents/rules.ts'
import { paths } from '../../paths.ts'
import { beingMade, sendDocument } from '../document-answer.ts'
import type { Admin } from '../http.ts'
import { theCreditNote, theInvoice, theReceipt, theStatement } from '../paper-wanted.ts'
import { sendStatementCsv } from '../statement-csv.ts'
import { wantsCsv } from './invoices-csv.ts'
import { failed } from './problem.ts'

type Here = Context<Admin>

const placeOf = (c: Here) => ({
  organizationId: c.get('ctx').organization.id,
  portalId: c.req.param('portal') ?? '',
})

const sending = (wanted: (c: Here) => PaperWanted) => async (c: Here) => {
  const place = placeOf(c)
  const paper = await paperForTeam(c.get('ctx'), place.portalId, wanted(c))
  if (!paper.ok) return failed(c, paper.failure)
  return paper.value.made ? sendDocument(c, c.env.BUCKET, place, paper.value) : beingMade(c)
}

async function statementAsCsv(c: Here): Promise<Response> {
  const facts = await statementFacts(c.get('ctx').db, placeOf(c))
  return facts ? sendStatementCsv(c, facts.invoices) : failed(c, { kind: 'missing' })
}

/** Documents lie in the bucket by the time that somebody asks; a GET finds them and streams. */
export const documents = new Hono<Admin>()
  .get(paths.api.invoicePdf(':portal', ':invoice'), sending(theInvoice))
  .get(paths.api.creditNotePdf(':portal', ':invoice', ':note'), sending(theCreditNote))
  .get(paths.api.receiptPdf(':portal', ':invoice', ':payment'), sending(theReceipt))
  .get(paths.api.statement(':portal'), async (c) => {
    c.header('Vary', 'Accept')
    return wantsCsv(c) ? statementAsCsv(c) : sending(theStatement)(c)
  })
