import { logoKey } from '../../src/features/branding/logo.ts'
import { invitationToken } from '../../src/features/invitations/token.ts'
import { createKey } from '../../src/features/keys/actions.ts'
import { email } from '../../src/db/schema/emails.ts'
import { newId } from '../../src/lib/id.ts'
import { paths } from '../../src/paths.ts'
import { storedFile } from '../harness/stored-file.ts'
import type { Visitor } from './answers.ts'
import { heldToken, invoiced, savedLine, strayMoney, taxRate } from './bills.ts'
import { foreignSession, invited, unsubscribing } from './people.ts'
import { template, waitingMilestone } from './plan.ts'
import { i, m, r, t, u } from './route.ts'
import { portal, type Scene } from './scene.ts'
import { asked, sending, written } from './sent.ts'

export const tokenIn = (scene: Scene, at: string, visitor: Visitor): string =>
  at.replace(':token', scene.tokens[visitor] ?? 'f'.repeat(64))

/** Where everything is but the visitor's own token; `isHeld`: the invoice's token goes to who holds it. */
export async function addressed(scene: Scene, path: string, isHeld: boolean): Promise<string> {
  const { studio, tokens } = scene
  const made = await portal(studio)
  const detail = made.ok ? made.value.portal : undefined
  const mail = newId(Date.now())
  if (path.includes(':email')) {
    const facts = { id: mail, key: mail, kind: 'link', to: 'x@client.example', data: {} }
    const at = { stateAt: 0, createdAt: 0 }
    await studio
      .ctx()
      .db.insert(email)
      .values({ ...facts, ...at, organizationId: studio.facts.id, state: 'bounced' })
  }
  if (path === paths.api.unsubscribe(':token')) return unsubscribing(scene, detail?.id ?? '')
  if (path.includes(':token') && path.startsWith('/join'))
    return path.replace(
      ':token',
      await invitationToken(studio.ctx().settings, await invited(scene)),
    )
  if (path.startsWith('/logo')) {
    const file = `${'a'.repeat(64)}.png`
    await scene.world.env.BUCKET.put(logoKey(studio.facts.id, file), 'image')
    return path.replace(':organization', studio.facts.id).replace(':file', file)
  }
  if (path.includes(':money')) await strayMoney(scene)
  const key = newId(Date.now())
  if (path.includes(':key')) await createKey(studio.ctx(), { id: key, name: 'K', role: 'member' })
  // A link's milestone is one of its own portal, which waits for its answer.
  const planned = path.includes(':token') ? scene.home : (detail?.id ?? '')
  const file = path.includes('/files')
    ? await storedFile(studio, planned, { contentType: 'image/png' })
    : ''
  const needed = path.includes(m) || path.endsWith('/template')
  const milestone = needed ? await waitingMilestone(scene, planned) : ''
  const isBilled = path.includes(i) || /^\/invoice\/|^\/portal.*\/statement$/.test(path)
  const bills = isBilled ? await invoiced(scene, path, planned) : undefined
  if (isHeld) {
    const of = (planned === scene.home && bills) || (await invoiced(scene, '', scene.home))
    tokens['invoiceHolder'] = await heldToken(scene, of.id)
  }
  return path
    .replace(i, bills?.id ?? '')
    .replace(':payment', bills?.payment ?? '')
    .replace(':money', 'pi_stray')
    .replace(':rate', path.includes(':rate') ? await taxRate(scene) : '')
    .replace(':line', path.includes(':line') ? await savedLine(scene) : '')
    .replace(':note', bills?.note ?? '')
    .replace(':key', key)
    .replace(':file', file)
    .replace(m, milestone)
    .replace(t, path.includes(t) ? await template(scene) : '')
    .replace(':organization', studio.slug)
    .replace(':member', path.includes(':member') ? (await studio.member('member')).id : '')
    .replace(':invitation', path.includes(':invitation') ? (await invited(scene)).id : '')
    .replace(':session', path.includes(':session') ? await foreignSession(scene) : '')
    .replace(':portal', detail?.id ?? '')
    .replace(':link', detail?.links.items[0]?.id ?? '')
    .replace(u, path.includes(u) ? await sending(scene, path, detail?.id ?? '') : '')
    .replace(':message', path.includes(':message') ? await written(scene, detail?.id ?? '') : '')
    .replace(r, path.includes(r) ? await asked(scene, detail?.id ?? '') : '')
    .replace(':email', mail)
}

/** The route's address, with a portal, a link and a failed mail of its own, so that no visit spoils the next. */
export async function address(scene: Scene, path: string, visitor: Visitor): Promise<string> {
  return tokenIn(scene, await addressed(scene, path, visitor === 'invoiceHolder'), visitor)
}
