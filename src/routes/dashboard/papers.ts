import { Hono, type Context } from 'hono'
import { statementFacts } from '../../features/documents/facts.ts'
import { paperForTeam } from '../../features/documents/queries.ts'
import type { PaperWanted } from '../../features/documents/rules.ts'
import { BYTE_ORDER_MARK } from '../../lib/csv.ts'
import { paths } from '../../paths.ts'
import { beingMadeForTeam } from '../being-made.tsx'
import { sendDocument } from '../document-answer.ts'
import type { Inside } from '../http.ts'
import { theCreditNote, theInvoice, theReceipt, theStatement } from '../paper-wanted.ts'
import { sendStatementCsv } from '../statement-csv.ts'
import { refuse } from './frame.tsx'

type Here = Context<Inside>

const placeOf = (c: Here) => ({
  organizationId: c.get('ctx').organization.id,
  portalId: c.req.param('portal') ?? '',
})

const sending = (wanted: (c: Here) => PaperWanted) => async (c: Here) => {
  const place = placeOf(c)
  const paper = await paperForTeam(c.get('ctx'), place.portalId, wanted(c))
  if (!paper.ok) return paper.failure.kind === 'missing' ? c.notFound() : refuse(c, paper.failure)
  if (!paper.value.made) return beingMadeForTeam(c)
  return sendDocument(c, c.env.BUCKET, place, paper.value, beingMadeForTeam)
}

const ORG = ':organization'

/** The API's PDFs for people: a link in a page brings its session along. */
export const paperPages = new Hono<Inside>()
  .get(paths.teamInvoicePdf(ORG, ':portal', ':invoice'), sending(theInvoice))
  .get(paths.teamCreditNotePdf(ORG, ':portal', ':invoice', ':note'), sending(theCreditNote))
  .get(paths.teamReceipt(ORG, ':portal', ':invoice', ':payment'), sending(theReceipt))
  .get(paths.teamStatement(ORG, ':portal'), sending(theStatement))
  .get(paths.teamStatementTable(ORG, ':portal'), async (c) => {
    const facts = await statementFacts(c.get('ctx').db, placeOf(c))
    return facts ? sendStatementCsv(c, facts.invoices, BYTE_ORDER_MARK) : c.notFound()
  })
