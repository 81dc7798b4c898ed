import { Hono, type Context } from 'hono'
import {
  changeLink,
  createLink,
  deleteLink,
  pauseLink,
  replaceLink,
  resumeLink,
  revealLink,
  sendLink,
  type OpenLink,
} from '../../features/links/actions.ts'
import { changeLinkInput, createLinkInput, replaceLinkInput } from '../../features/links/input.ts'
import type { LinkItem, LinkPath } from '../../features/links/queries.ts'
import { portalWithLinks } from '../../features/portals/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import { pageInput } from '../../lib/page.ts'
import type { Result } from '../../lib/result.ts'
import { paths, type ApiLinkAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { failed } from './problem.ts'
import { linkView } from './views.ts'

type Here = Context<Admin>

const pathOf = (c: Here): LinkPath => ({
  portal: c.req.param('portal') ?? '',
  link: c.req.param('link') ?? '',
})

const action = (name: ApiLinkAction) => paths.api.linkAction(':portal', ':link', name)

/** The link as it is now; its address only where the verb handed one out. */
function answer(c: Here, result: Result<LinkItem | OpenLink, Failure>, status: 200 | 201 = 200) {
  if (!result.ok) return failed(c, result.failure)
  const link = result.value
  const url = 'url' in link ? { url: link.url } : {}
  return c.json({ ...linkView(link, c.get('ctx').now), ...url }, status)
}

export const links = new Hono<Admin>()
  .get(paths.api.links(':portal'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const page = parse(pageInput, c.req.query())
    if (!page.ok) return failed(c, { kind: 'invalid', errors: page.errors })
    const found = await portalWithLinks(db, organization.id, c.req.param('portal'), page.value)
    if (!found) return failed(c, { kind: 'missing' })
    const { items, next } = found.links
    return c.json({ items: items.map((link) => linkView(link, now)), next })
  })
  .post(paths.api.links(':portal'), async (c) => {
    const input = await jsonBody(c, createLinkInput)
    if (!input.ok) return input.response
    const made = await createLink(c.get('ctx'), { ...input.value, portal: c.req.param('portal') })
    return answer(c, made, 201)
  })
  .patch(paths.api.link(':portal', ':link'), async (c) => {
    const input = await jsonBody(c, changeLinkInput)
    if (!input.ok) return input.response
    return answer(c, await changeLink(c.get('ctx'), pathOf(c), input.value))
  })
  .delete(paths.api.link(':portal', ':link'), async (c) => {
    const gone = await deleteLink(c.get('ctx'), pathOf(c))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(action('replace'), async (c) => {
    const input = await jsonBody(c, replaceLinkInput)
    if (!input.ok) return input.response
    return answer(c, await replaceLink(c.get('ctx'), pathOf(c), input.value))
  })
  .post(action('pause'), async (c) => answer(c, await pauseLink(c.get('ctx'), pathOf(c))))
  .post(action('resume'), async (c) => answer(c, await resumeLink(c.get('ctx'), pathOf(c))))
  .post(action('send'), async (c) => answer(c, await sendLink(c.get('ctx'), pathOf(c))))
  .post(action('reveal'), async (c) => answer(c, await revealLink(c.get('ctx'), pathOf(c))))
