import type { Context } from 'hono'
import { beingMade, sendDocument, type BeingMade } from '../document-answer.ts'
import type { Client } from '../http.ts'
import { failed } from './problem.ts'

// Loaded when somebody asks for a PDF: the page itself needs none of this.

/** The PDF that the guard has read of. */
export async function sendPaper(c: Context<Client>, otherwise: BeingMade): Promise<Response> {
  const { paper, visit } = c.var
  if (!paper) return c.notFound()
  if (!paper.made) return otherwise(c)
  const place = { organizationId: visit.organization.id, portalId: visit.portalId }
  return sendDocument(c, c.env.BUCKET, place, paper, otherwise)
}

export async function sendClientPaper(c: Context<Client>): Promise<Response> {
  return c.get('paper') ? sendPaper(c, beingMade) : failed(c, { kind: 'missing' })
}
