import type { Context } from 'hono'
import { paths } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { archiveOrWhy } from '../archive-answer.ts'
import { ArchiveChoice } from '../archive-choice.tsx'
import { selectionAsked } from '../file-asked.ts'
import type { Client } from '../http.ts'

/** The files as one archive, or the page that says why not, and offers to choose. */
export function sendArchive(c: Context<Client>) {
  const { ctx, requestId, offer, visit } = c.var
  const selection = selectionAsked(new URL(c.req.url))
  if (!offer || !selection) return c.notFound()
  const { portalId, project, organization, client, contactName } = visit
  const answer = archiveOrWhy(c, {
    bucket: c.env.BUCKET,
    ctx,
    requestId,
    portalId,
    project,
    selection,
    rows: offer.rows,
  })
  if (answer) return answer
  const token = c.req.param('token') ?? ''
  c.set('style', accentStyle(organization.accent))
  return c.html(
    <ClientLayout
      title={`Download files · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
    >
      <div class="hero small">
        <div>
          <a class="label" href={paths.portal(token)}>
            ← <bdi>{project}</bdi>
          </a>
          <h1>Choose files</h1>
        </div>
      </div>
      <div class="deck one">
        <section class="panel further" aria-label="Files">
          <ArchiveChoice
            offer={offer}
            selection={selection}
            at={paths.clientArchive(token)}
            fileAt={(file) => paths.clientFileAction(token, file, 'content')}
          />
        </section>
      </div>
    </ClientLayout>,
    selection.cursor === undefined ? 413 : 200,
  )
}
