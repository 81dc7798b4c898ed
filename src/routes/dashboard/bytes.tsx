import { Hono, type Context } from 'hono'
import { storedFile } from '../../features/files/stored.ts'
import { portalOffer } from '../../features/portals/offer.ts'
import { paths } from '../../paths.ts'
import { archiveOrWhy } from '../archive-answer.ts'
import { ArchiveChoice } from '../archive-choice.tsx'
import { sendFile, showFile, type Origin } from '../file-answer.ts'
import { fileAsked, selectionAsked } from '../file-asked.ts'
import type { Inside } from '../http.ts'
import { frameOf } from './frame.tsx'
import { PortalFrame } from './portal-frame.tsx'

type Here = Context<Inside>

const portalOf = (c: Here): string => c.req.param('portal') ?? ''

const originOf = (c: Here): Origin => ({
  bucket: c.env.BUCKET,
  organizationId: c.var.ctx.organization.id,
  portalId: portalOf(c),
  door: 'credential',
})

/** The version of a file that the address names. */
async function fileOf(c: Here) {
  const { db, organization } = c.get('ctx')
  const asked = fileAsked(c.req.param('file') ?? '', c.req.query('version'))
  return asked && storedFile(db, organization.id, { ...asked, portal: portalOf(c) })
}

/** The files as one archive, or the page that says why not, and offers to choose. */
async function sendArchive(c: Here) {
  const { ctx, requestId } = c.var
  const { db, now, organization } = ctx
  const portalId = portalOf(c)
  const selection = selectionAsked(new URL(c.req.url))
  const offer = selection && (await portalOffer(db, organization.id, portalId, selection))
  if (!offer) return c.notFound()
  const answer = archiveOrWhy(c, {
    bucket: c.env.BUCKET,
    ctx,
    requestId,
    portalId,
    project: offer.project,
    selection,
    rows: offer.rows,
  })
  if (answer) return answer
  return c.html(
    <PortalFrame {...frameOf(c)} portal={offer.portal} tab="files" now={now}>
      <section class="card">
        <ArchiveChoice
          offer={offer}
          selection={selection}
          at={paths.archive(organization.slug, portalId)}
          fileAt={(file) => paths.fileAction(organization.slug, portalId, file, 'content')}
        />
      </section>
    </PortalFrame>,
    selection.cursor === undefined ? 413 : 200,
  )
}

/** What files hold, one by one and all at once. */
export const fileBytes = new Hono<Inside>()
  .get(paths.fileAction(':organization', ':portal', ':file', 'content'), async (c) => {
    const file = await fileOf(c)
    if (!file) return c.notFound()
    return sendFile(c, file, originOf(c))
  })
  .get(paths.fileAction(':organization', ':portal', ':file', 'preview'), async (c) => {
    const file = await fileOf(c)
    const shown = file && showFile(c, file, originOf(c))
    return shown ?? c.notFound()
  })
  .get(paths.archive(':organization', ':portal'), (c) => sendArchive(c))
