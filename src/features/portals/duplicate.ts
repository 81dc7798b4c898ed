import { sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw } from '../../db/batch.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { newLink } from '../links/new-link.ts'
import { authorise } from '../organizations/rules.ts'
import type { DuplicatePortal } from './input.ts'
import { portalById, portalWithContacts, type PortalItem } from './queries.ts'

const gone: Failure = {
  kind: 'invalid',
  errors: [{ path: 'contacts', message: 'One of these people is no longer in the portal.' }],
}

/**
 * A new portal beside one that is there, archived or not, with fresh links for some of its people: to
 * everything where one of theirs opens everything, else to the invoices. Nothing else comes along.
 */
export async function duplicatePortal(
  ctx: TenantCtx,
  from: string,
  input: DuplicatePortal,
): Promise<Result<PortalItem, Failure>> {
  if (!authorise(ctx.actor, 'portal.create')) return fail({ kind: 'forbidden' })
  const source = await portalWithContacts(ctx.db, ctx.organization.id, from)
  if (!source) return fail({ kind: 'missing' })
  const taken = source.contacts.filter((contact) => input.contacts.includes(contact.id))
  if (taken.length !== new Set(input.contacts).size) return fail(gone)

  const { project, client, currency, send } = input
  const organizationId = ctx.organization.id
  const id = input.id ?? newId(ctx.now)
  const links = await Promise.all(
    taken.map(({ name, email, everything }) =>
      newLink(ctx, {
        portalId: id,
        contact: { name, email },
        scope: everything ? 'all' : 'billing',
        send,
      }),
    ),
  )
  const written = await commit(ctx, [
    raw(sql`
      insert into ${portal} (id, organization_id, project, client, currency, created_at, last_activity_at)
      select ${id}, organization_id, ${project}, ${client}, ${currency}, ${ctx.now}, ${ctx.now}
      from ${portal} where id = ${from} and organization_id = ${organizationId}`),
    mustChange,
    ...links.flatMap(({ contact, rest }) => [contact, mustChange].concat(rest)),
    record(ctx, {
      kind: 'portal.duplicated',
      portalId: id,
      data: { project, client, from: source.project },
    }),
  ])
  if (!written.ok && written.failure === 'stale') return fail({ kind: 'missing' })
  const made = await portalById(ctx.db, organizationId, id)
  // Taken: as in `createPortal`.
  if (!made || made.project !== project || made.client !== client) {
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return ok(made)
}
