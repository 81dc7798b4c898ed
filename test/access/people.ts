import { eq } from 'drizzle-orm'
import { session } from '../../src/db/schema/accounts.ts'
import { contact } from '../../src/db/schema/links.ts'
import { invitation } from '../../src/db/schema/members.ts'
import { unsubscribeToken } from '../../src/features/messages/unsubscribe.ts'
import { newId } from '../../src/lib/id.ts'
import { paths } from '../../src/paths.ts'
import type { Scene } from './scene.ts'

/** An invitation of a new address into the studio. */
export async function invited(scene: Scene): Promise<{ id: string; email: string }> {
  const { db } = scene.studio.ctx()
  const id = newId(Date.now())
  const facts = { id, email: `${id}@colleague.example`, role: 'member', invitedBy: 'X' } as const
  const at = { createdAt: Date.now(), expiresAt: Date.now() + 1_000_000 }
  await db.insert(invitation).values({ ...facts, ...at, organizationId: scene.studio.facts.id })
  return facts
}

/** Somebody is signed in who is none of the visitors. */
export async function foreignSession(scene: Scene): Promise<string> {
  const { db } = scene.studio.ctx()
  const { userId } = await scene.studio.member('member')
  const id = newId(Date.now())
  const at = { createdAt: new Date(), updatedAt: new Date(), expiresAt: new Date(Date.now() + 1e6) }
  await db.insert(session).values({ id, token: id, userId, ...at })
  return id
}

/** The address by which the contact of a portal ends its mails. */
export async function unsubscribing(scene: Scene, portalOf: string): Promise<string> {
  const { db, settings } = scene.studio.ctx()
  const [who] = await db.select().from(contact).where(eq(contact.portalId, portalOf))
  return paths.api.unsubscribe(await unsubscribeToken(settings, who?.id ?? ''))
}
