import { folderWords, type FilesPlace } from '../../features/files/rules.ts'
import type { ClientFiles } from '../../features/links/file-lists.ts'
import type { Visit } from '../../features/links/visits.ts'
import { sizeWords } from '../../lib/size.ts'
import { paths, withQuery } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import type { FormState } from '../../ui/fields.tsx'
import { byToken } from './file-addresses.ts'
import { FileRows } from './file-rows.tsx'
import { UploadForm } from './upload-form.tsx'

interface FilesPageProps {
  visit: Visit
  files: ClientFiles
  place: FilesPlace
  token: string
  form: FormState
  now: number
}

/** Every file of a portal, whole or folder by folder. */
export const FilesPage = ({ visit, files, place, token, form, now }: FilesPageProps) => {
  const { organization, project, client, contactId, contactName, archivedAt } = visit
  const { page, folders, count, size } = files
  const { folder, cursor } = place
  const here = (query: Record<string, string | undefined>) =>
    withQuery(paths.clientFiles(token), { folder, ...query })
  const at = byToken(token)
  return (
    <ClientLayout
      title={`Files · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
    >
      <div class="hero small">
        <div>
          <a class="label" href={`${paths.portal(token)}#files`}>
            ← <bdi>{project}</bdi>
          </a>
          <h1>Files</h1>
          <p data-files="count">
            {count} {count === 1 ? 'file' : 'files'} · {sizeWords(size)}
          </p>
        </div>
        {count > 0 && (
          <a class="btn" href={at.archive}>
            Download all
          </a>
        )}
      </div>
      <div class="deck one">
        <section class="panel further" aria-label="Files">
          {folders.length > 0 && (
            <nav class="folders" aria-label="Folders">
              <a
                href={paths.clientFiles(token)}
                {...(folder === undefined ? { 'aria-current': 'page' } : {})}
              >
                All
              </a>
              {folders.map((each) => (
                <a
                  href={withQuery(paths.clientFiles(token), { folder: each })}
                  {...(folder === each ? { 'aria-current': 'page' } : {})}
                >
                  <bdi>{folderWords(each)}</bdi>
                </a>
              ))}
            </nav>
          )}
          {archivedAt === null && <UploadForm token={token} portal={visit.portalId} form={form} />}
          <div data-files="list">
            {page.items.length === 0 ? (
              <p class="empty">
                <b>{folder ? 'Nothing in this folder' : 'No files here'}</b>
                Whatever you share with each other will be here.
              </p>
            ) : (
              <FileRows
                files={page.items}
                within={folder}
                contactId={contactId}
                clock={organization}
                now={now}
                at={at}
              />
            )}
          </div>
          {(cursor !== undefined || page.next !== null) && (
            <p class="ways">
              {cursor !== undefined && <a href={here({})}>Newest files</a>}
              {page.next !== null && <a href={here({ cursor: page.next })}>Older files</a>}
            </p>
          )}
        </section>
      </div>
    </ClientLayout>
  )
}
