import { expect } from 'vitest'
import { paths } from '../../src/paths.ts'
import { call, create, jane, key, openScene, portal, studio, token, world } from './link-scene.ts'

export { key, portal, studio, world } from './link-scene.ts'

export interface MilestoneJson {
  id: string
  title: string
  description: string
  dueOn: string | null
  progress: number
  weight: number
  position: number
  version: number
  approval: null | { state: string; by: string; at: string; note: string | null }
}

/** Of Jane, who sees everything. */
export let janes: string

/** A studio with a portal, which Jane may open. */
export async function openPlanScene(): Promise<void> {
  await openScene()
  janes = token((await create({ send: false })).url)
}

export const milestone = async (title: string, over: object = {}): Promise<MilestoneJson> => {
  const made: unknown = await call('POST', paths.api.milestones(portal), { title, ...over })
  return made as MilestoneJson
}

export const patch = (id: string, body: object, as = key): Promise<Response> =>
  world.api('PATCH', paths.api.milestone(portal, id), as, body)

export async function changed(id: string, body: object): Promise<MilestoneJson> {
  const answer = await patch(id, body)
  expect(answer.status).toBe(200)
  return answer.json()
}

export async function plan(id = portal): Promise<MilestoneJson[]> {
  const answer = await world.api('GET', paths.api.milestones(id), key)
  return (await answer.json<{ items: MilestoneJson[] }>()).items
}

export const titles = async (): Promise<string[]> => (await plan()).map(({ title }) => title)

export async function entries(): Promise<{ kind: string; data: Record<string, string> }[]> {
  const { results } = await world.env.DB.prepare(
    `select kind, data from activity where portal_id = ? order by at, id`,
  )
    .bind(portal)
    .all<{ kind: string; data: string }>()
  return results.map(({ kind, data }) => ({ kind, data: JSON.parse(data) }))
}

export const kinds = async (): Promise<string[]> => (await entries()).map(({ kind }) => kind)

export const ask = (id: string, as = key): Promise<Response> =>
  world.api('POST', paths.api.requestApproval(portal, id), as)

/** A client's word by their page's form. */
export const say = (
  id: string,
  answer: 'approve' | 'request-changes',
  { note, by = janes }: { note?: string; by?: string } = {},
): Promise<Response> =>
  world.form(paths.clientAnswer(by, id, answer), note === undefined ? {} : { note })

/** The same by the API. */
export const tell = (
  id: string,
  answer: 'approve' | 'request-changes',
  { body, by = janes }: { body?: object; by?: string } = {},
): Promise<Response> =>
  world.request(paths.api.clientAnswer(by, id, answer), {
    method: 'POST',
    ...(body
      ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {}),
  })

export const mailsTo = (to: string) => world.mails(to)
export const client = jane.email

/** Whom the team's mails go to. */
export async function colleague(): Promise<string> {
  return (await studio.member('member')).email
}
