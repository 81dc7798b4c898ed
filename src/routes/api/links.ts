import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
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
import { linkById, type LinkItem } from '../../features/links/queries.ts'
import type { LinkPath } from '../../features/links/path.ts'
import { portalWithLinks } from '../../features/portals/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import { pageInput } from '../../lib/page.ts'
import { ok, type Result } from '../../lib/result.ts'
import { paths, type ApiLinkAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { linkView } from './views.ts'

type Here = Context<Admin>

const pathOf = (c: Here): LinkPath => ({
  portal: c.req.param('portal') ?? '',
  link: c.req.param('link') ?? '',
})

const action = (name: ApiLinkAction) => paths.api.linkAction(':portal', ':link', name)

/** The link as it is now; its address only where the verb handed one out. */
const linkOf = (c: Here, link: LinkItem | OpenLink) => ({
  ...linkView(link, c.get('ctx').now),
  ...('url' in link ? { url: link.url } : {}),
})

const answer = (c: Here, result: Result<LinkItem | OpenLink, Failure>) =>
  result.ok ? ok(linkOf(c, result.value)) : result

async function show(c: Here, link: string) {
  const { db, now, organization } = c.get('ctx')
  const found = await linkById(db, organization.id, { portal: pathOf(c).portal, link })
  return found && linkView(found, now)
}

/** What is done to a link that is there: a replay shows it as it is now. */
const change = (verb: (ctx: TenantCtx, path: LinkPath) => Promise<Result<LinkItem, Failure>>) =>
  post({
    status: 200,
    input: noInput,
    act: async (c) => answer(c, await verb(c.get('ctx'), pathOf(c))),
    show: (c) => show(c, pathOf(c).link),
  })

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
  .post(
    paths.api.links(':portal'),
    post({
      status: 201,
      input: (c) => jsonBody(c, createLinkInput),
      async act(c, input, id) {
        const { portal } = pathOf(c)
        return answer(c, await createLink(c.get('ctx'), { ...input, id, portal }))
      },
      show,
    }),
  )
  .patch(paths.api.link(':portal', ':link'), async (c) => {
    const input = await jsonBody(c, changeLinkInput)
    if (!input.ok) return input.response
    const changed = await changeLink(c.get('ctx'), pathOf(c), input.value)
    return changed.ok ? c.json(linkOf(c, changed.value)) : failed(c, changed.failure)
  })
  .delete(paths.api.link(':portal', ':link'), async (c) => {
    const gone = await deleteLink(c.get('ctx'), pathOf(c))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(
    action('replace'),
    post({
      status: 200,
      input: (c) => jsonBody(c, replaceLinkInput),
      act: async (c, input) => answer(c, await replaceLink(c.get('ctx'), pathOf(c), input)),
      show: (c) => show(c, pathOf(c).link),
    }),
  )
  .post(action('pause'), change(pauseLink))
  .post(action('resume'), change(resumeLink))
  .post(action('send'), change(sendLink))
  .post(action('reveal'), change(revealLink))
