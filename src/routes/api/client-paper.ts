import type { Context } from 'hono'
import { beingMade, sendDocument } from '../document-answer.ts'
import type { Client } from '../http.ts'
import { failed } from './problem.ts'

// Loaded when somebody asks for a PDF: the page itself needs none of this.

export async function sendClientPaper(c: Context<Client>, of: string): Promise<Response> {
  const paper = c.get('paper')
  if (!paper) return failed(c, { kind: 'missing' })
  if (!paper.made) return beingMade(c)
  const { portalId, organization } = c.get('visit')
  const place = { organizationId: organization.id, portalId }
  return sendDocument(c, c.env.BUCKET, place, { kind: 'invoice', of, name: paper.number })
}
