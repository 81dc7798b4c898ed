// What files hold, behind the link guard, which reads what is asked for. Loaded when it is asked for.

import type { Context } from 'hono'
import { sendFile, showFile, type Origin } from '../file-answer.ts'
import type { Client } from '../http.ts'

/** Where a client's files come from. */
export const bytesOf = ({ env, var: { visit } }: Context<Client>): Origin => ({
  bucket: env.BUCKET,
  organizationId: visit.organization.id,
  portalId: visit.portalId,
  door: 'token',
})

/** A file's bytes to keep. */
export async function sendStored(c: Context<Client>): Promise<Response> {
  const { stored } = c.var
  if (!stored) return c.notFound()
  return sendFile(c, stored, bytesOf(c))
}

/** The same bytes to look at. */
export async function showStored(c: Context<Client>): Promise<Response> {
  const { stored } = c.var
  const shown = stored && showFile(c, stored, bytesOf(c))
  return shown ?? c.notFound()
}
