import * as z from 'zod/mini'
import { paths } from '../../../src/paths.ts'
import { at, demo } from './demo.ts'

const link = z.object({
  id: z.string(),
  contact: z.object({ name: z.string(), email: z.string() }),
  scope: z.enum(['all', 'billing']),
  state: z.enum(['live', 'paused', 'expired']),
  expiresAt: z.nullable(z.string()),
  lastSeenAt: z.nullable(z.string()),
  seenCount: z.number(),
  email: z.nullable(z.object({ status: z.string(), at: z.string() })),
  url: z.optional(z.url()),
})
export type Link = z.infer<typeof link>

const portal = z.object({
  id: z.string(),
  project: z.string(),
  client: z.string(),
  lastSeenAt: z.nullable(z.string()),
})
export type Portal = z.infer<typeof portal>

const email = z.object({ to: z.string(), status: z.string() })

const list = <T extends z.core.$ZodType>(item: T) => z.object({ items: z.array(item) })

export async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(at(path), {
    method,
    headers: {
      authorization: `Bearer ${demo().apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}

export interface Contact {
  name: string
  email: string
}

/** What a test needs of the API, by the demo's key. */
export const api = {
  async portals(): Promise<Portal[]> {
    return list(portal).parse(await call('GET', `${paths.api.portals}?limit=100`)).items
  },

  /** A portal with one link, and the address that opens it. */
  async openPortal(project: string, contact: Contact, send = false) {
    const answer = await call('POST', paths.api.portals, {
      project,
      client: 'Client of a test',
      currency: 'USD',
      contact,
      send,
    })
    const made = z.extend(portal, { links: z.array(link) }).parse(answer)
    return { ...made, ...withAddress(made.links[0]) }
  },

  /** An invoice of one line at 20 per cent. */
  async draft(portalId: string, description: string, unitAmount: number): Promise<string> {
    const lines = [{ description, quantity: '1', unitAmount, taxRate: '20' }]
    const made = await call('POST', paths.api.invoicesOf(portalId), { lines })
    return z.object({ id: z.string() }).parse(made).id
  },

  async issue(portalId: string, invoice: string, send = false) {
    const path = paths.api.invoiceAction(portalId, invoice, 'issue')
    await call('POST', path, { send })
  },

  async pay(portalId: string, invoice: string, amount: number) {
    const facts = { method: 'bank', receivedOn: '2026-01-02' }
    await call('POST', paths.api.payments(portalId, invoice), { amount, ...facts })
  },

  async archive(portalId: string) {
    await call('POST', paths.api.portalAction(portalId, 'archive'))
  },

  async invite(portalId: string, contact: Contact, more: { scope?: 'all' | 'billing' } = {}) {
    const answer = await call('POST', paths.api.links(portalId), { contact, send: false, ...more })
    return withAddress(link.parse(answer))
  },

  async links(portalId: string): Promise<Link[]> {
    return list(link).parse(await call('GET', paths.api.links(portalId))).items
  },

  async changeLink(portalId: string, linkId: string, change: { expiresAt: string | null }) {
    return link.parse(await call('PATCH', paths.api.link(portalId, linkId), change))
  },

  /** For the team, by the demo's key. */
  async write(portalId: string, body: string): Promise<void> {
    await call('POST', paths.api.messages(portalId), { body })
  },

  /** Of the client, by the demo's key. */
  async ask(portalId: string, title: string, more: { note?: string; dueOn?: string } = {}) {
    await call('POST', paths.api.fileRequests(portalId), { title, ...more })
  },

  async emailsTo(address: string) {
    const { items } = list(email).parse(await call('GET', `${paths.api.emails}?limit=100`))
    return items.filter(({ to }) => to === address)
  },
}

function withAddress(found: Link | undefined): { link: Link; url: string } {
  if (found?.url === undefined) throw new Error('The answer has no address of a link.')
  return { link: found, url: found.url }
}
