import { expect } from 'vitest'
import type { Env } from '../../src/env.ts'
import { paths } from '../../src/paths.ts'
import { key, newPortal, openStudioWith, world } from './studio-scene.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export { key, studio, world } from './studio-scene.ts'

export let portal: string

export interface LinkJson {
  id: string
  url?: string
  state: string
  scope: string
  expiresAt: string | null
  lastSeenAt: string | null
  seenCount: number
  email: { status: string; at: string } | null
  contact: { name: string; email: string }
}

/** The contact that most tests invite. */
export const jane = { name: 'Jane Cooper', email: 'jane@client.example' }

/** One studio with one portal, anew for every test. */
export const openScene = (): Promise<void> => openSceneWith({})

/** The same with settings of its own. */
export async function openSceneWith(overrides: Partial<Env>): Promise<void> {
  await openStudioWith(overrides)
  const made = await world.api('POST', paths.api.portals, key, {
    ...newPortal,
    contact: { name: 'First', email: 'first@client.example' },
    send: false,
  })
  portal = (await made.json<{ id: string }>()).id
}

export async function call(method: string, path: string, body?: unknown): Promise<LinkJson> {
  const response = await world.api(method, path, key, body)
  expect(response.ok, `${method} ${path} ${response.status}`).toBe(true)
  return response.json()
}

export const create = (over: object = {}) =>
  call('POST', paths.api.links(portal), { contact: jane, ...over })
export const act = (
  link: LinkJson,
  action: 'pause' | 'resume' | 'replace' | 'send' | 'reveal',
  body?: unknown,
) => call('POST', paths.api.linkAction(portal, link.id, action), body)
export const open = async (url = '') => (await world.request(new URL(url).pathname)).status
export const token = (url = '') => url.slice(-64)
export const mailsTo = async (to: string) => (await world.mails(to)).length
export const happenings = async () => {
  const { results } = await world.env.DB.prepare('select kind from activity order by id').all<{
    kind: string
  }>()
  return results.map(({ kind }) => kind)
}
