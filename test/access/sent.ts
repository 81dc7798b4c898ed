import { sendMessage } from '../../src/features/messages/actions.ts'
import { openRequest } from '../../src/features/requests/actions.ts'
import { paths } from '../../src/paths.ts'
import { announced } from './route.ts'
import type { Scene } from './scene.ts'

/** A message of the studio's in one of its portals. */
export async function written(scene: Scene, portalOf: string): Promise<string> {
  const sent = await sendMessage(scene.studio.ctx(), { portal: portalOf, body: 'Hello' })
  return sent.ok ? sent.value.id : ''
}

/** An upload of the owner's key, or of the link to everything, which has none of its bytes yet. */
export async function sending(scene: Scene, path: string, portalOf: string): Promise<string> {
  const { world, tokens, credentials } = scene
  const byLink = path.includes(':token')
  const where = byLink
    ? paths.api.clientUploads(tokens['liveLink'] ?? '')
    : paths.api.uploads(portalOf)
  const key = credentials['ownerKey']?.key ?? ''
  const began = await world.request(where, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      ...announced,
      ...(byLink ? {} : { authorization: `Bearer ${key}` }),
    },
  })
  return (await began.json<{ id: string }>()).id
}

/** A file that the studio asks for in one of its portals. */
export async function asked(scene: Scene, portalOf: string): Promise<string> {
  const input = { portal: portalOf, title: 'Logo', note: '', dueOn: null }
  const made = await openRequest(scene.studio.ctx(), input)
  return made.ok ? made.value.id : ''
}
