import { paths } from '../../src/paths.ts'
import { openStudio, studio, world } from './studio-scene.ts'
import type { Colleague } from './world.ts'

export { studio, world } from './studio-scene.ts'

type SignedIn = Colleague & { cookie: string }

export let owner: SignedIn
export let admin: SignedIn
export let plain: SignedIn

/** One studio with somebody of each role, anew for every test. */
export async function openTeam(): Promise<void> {
  await openStudio()
  owner = await studio.person('owner')
  admin = await studio.person('admin')
  plain = await studio.person('member')
}

export const inviting = (who: SignedIn, email: string, role = 'member') =>
  world.form(paths.invitations(studio.slug), { email, role }, who.cookie)

/** The token in the newest invitation that an address was mailed. */
export async function tokenOf(email: string): Promise<string> {
  const mails = await world.mails(email)
  const token = mails
    .map(({ text }) => /\/join\/(\S+)/.exec(text)?.[1])
    .find((found) => found !== undefined)
  if (token === undefined) throw new Error(`No invitation reached ${email}.`)
  return token
}

export const joining = (token: string, name = 'Nina New', cookie?: string) =>
  world.form(paths.join(token), { name }, cookie)

export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

export const see = (path: string, cookie: string) => world.request(path, { headers: { cookie } })

export const rows = async <T>(sql: string): Promise<T[]> =>
  (await world.env.DB.prepare(sql).all<T>()).results

/** Email and role of everybody in the studio. */
export const team = async (): Promise<Record<string, string>> => {
  const found = await rows<{ email: string; role: string; organizationId: string }>(
    'select u.email, m.role, m.organization_id as organizationId from member m join user u on u.id = m.user_id',
  )
  return Object.fromEntries(
    found
      .filter(({ organizationId }) => organizationId === studio.facts.id)
      .map(({ email, role }) => [email, role]),
  )
}

export const happened = async (): Promise<string[]> =>
  (await rows<{ kind: string }>('select kind from activity order by id')).map(({ kind }) => kind)
