import { and, eq, gt, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { contact } from '../../db/schema/links.ts'
import { reading } from '../../db/schema/messages.ts'
import { portal } from '../../db/schema/portals.ts'
import { hasNews } from './actions.ts'

interface Client {
  portalId: string
  contactId: string
  contactName: string
}

/** The statements for a contact who looks at the thread; they write nothing where it holds no news. */
export function readByClient(ctx: TenantCtx, client: Client): Statement[] {
  const { portalId, contactId, contactName } = client
  const news = sql`${portal.id} = ${portalId} and ${portal.organizationId} = ${ctx.organization.id}
    and ${hasNews(portalId, { kind: 'contact', id: contactId })}`
  return [
    ctx.db
      .update(portal)
      .set({ thread: sql`${portal.thread} + 1` })
      .where(news),
    raw(sql`
      insert into ${reading} (organization_id, portal_id, reader_kind, reader_id, reader_name, at)
      select organization_id, id, 'contact', ${contactId}, ${contactName}, ${ctx.now} from ${portal} where ${news}
      on conflict (portal_id, reader_kind, reader_id) do update set at = excluded.at, reader_name = excluded.reader_name`),
    ctx.db
      .update(contact)
      .set({ unread: 0 })
      .where(
        and(
          eq(contact.id, contactId),
          eq(contact.organizationId, ctx.organization.id),
          gt(contact.unread, 0),
        ),
      ),
  ]
}
