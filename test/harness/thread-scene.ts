import { expect } from 'vitest'
import { sendMessage } from '../../src/features/messages/actions.ts'
import { paths } from '../../src/paths.ts'
import {
  create,
  key,
  openScene,
  portal,
  studio,
  token,
  world,
  type LinkJson,
} from './link-scene.ts'
import type { Colleague } from './world.ts'

export interface MessageJson {
  id: string
  body: string
  author: { kind: 'member' | 'contact'; name: string }
  createdAt: string
  archivedAt?: string | null
  seen: { name: string; at: string }[]
}

export interface ThreadJson {
  items: MessageJson[]
  next: string | null
}

/** Jane's link to everything. */
export let jane: LinkJson
/** Jane's token. */
export let hers: string
/** A colleague who is signed in. */
export let maya: Colleague & { cookie: string }

/** A portal with Jane's link and nobody else's, and a member of the team. */
export async function openThread(): Promise<void> {
  await openScene()
  await world.env.DB.prepare('delete from contact').run()
  jane = await create({ send: false })
  hers = token(jane.url)
  maya = await studio.person('owner')
}

/** Of the client's side, by JSON. */
export const write = (body: unknown, by = hers, more: object = {}): Promise<Response> =>
  world.request(paths.api.clientMessages(by), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ body, ...more }),
  })

/** Of the team's side, by the owner's key. */
export const answer = (body: unknown, more: object = {}, in_ = portal): Promise<Response> =>
  world.api('POST', paths.api.messages(in_), key, { body, ...more })

/** The team's words by Maya herself. */
export async function mayaWrites(body: string, now = Date.now()): Promise<void> {
  const { id, userId, email } = maya
  const actor = { kind: 'member', id, userId, email, name: 'Maya Ortiz', role: 'owner' } as const
  const sent = await sendMessage({ ...studio.ctx('owner', now), actor }, { portal, body })
  expect(sent.ok).toBe(true)
}

export async function thread(query = '', by?: string): Promise<ThreadJson> {
  const got =
    by === undefined
      ? await world.api('GET', paths.api.messages(portal) + query, key)
      : await world.request(paths.api.clientMessages(by) + query)
  expect(got.status).toBe(200)
  return got.json()
}

export const bodies = async (query = '', by?: string): Promise<string[]> =>
  (await thread(query, by)).items.map(({ body }) => body)

/** The client's page says that somebody looks at it. */
export const looks = (by = hers, query = ''): Promise<Response> =>
  world.request(paths.api.seen(by) + query, { method: 'POST' })

/** The team has read the thread. */
export const teamLooks = (): Promise<Response> =>
  world.api('POST', paths.api.portalSeen(portal), key)

export const unread = async (): Promise<number> => {
  const got = await world.api('GET', paths.api.portal(portal), key)
  return (await got.json<{ unread: number }>()).unread
}

/** What a statement of one value answers. */
export const value = async <T>(sql: string, ...params: unknown[]): Promise<T | null> => {
  const row = await world.env.DB.prepare(sql)
    .bind(...params)
    .first<Record<string, T>>()
  return row === null ? null : (Object.values(row)[0] ?? null)
}
