import { previewOf } from '../../features/files/types.ts'
import { folderWords } from '../../features/files/rules.ts'
import type { ClientFilePage } from '../../features/links/file-lists.ts'
import type { Visit } from '../../features/links/visits.ts'
import { sizeWords } from '../../lib/size.ts'
import { visible } from '../../lib/visible.ts'
import { paths, withQuery } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import { FilePreview } from '../file-preview.tsx'
import { byToken } from './file-addresses.ts'
import { Badge, Sent } from './file-rows.tsx'

interface FilePageProps {
  visit: Visit
  found: ClientFilePage
  token: string
  now: number
}

/** One file: what is in it, and every version that was sent. */
export const FilePage = ({ visit, found, token, now }: FilePageProps) => {
  const { organization, project, client, contactId, contactName } = visit
  const { file, versions, older } = found
  const { id, folder, contentType, version } = file
  const name = visible(file.name, 255)
  const at = byToken(token)
  const viewer = { contactId, clock: organization, now }
  return (
    <ClientLayout
      title={`${name} · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
    >
      <div class="hero small">
        <div>
          <a class="label" href={at.all}>
            ← All files
          </a>
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <p>
            {folder !== '' && (
              <>
                in{' '}
                <a href={withQuery(at.all, { folder })}>
                  <bdi>{folderWords(folder)}</bdi>
                </a>{' '}
                ·{' '}
              </>
            )}
            {sizeWords(file.size)} · <Sent {...file} {...viewer} />
          </p>
        </div>
        <a class="btn go" href={at.content(id)}>
          Download
        </a>
      </div>
      <div class="deck one">
        {previewOf(contentType) && (
          <section class="panel" aria-label="Preview">
            <FilePreview name={name} contentType={contentType} src={at.preview(id)} />
          </section>
        )}
        <section class="panel further" aria-labelledby="versions">
          <h2 id="versions">
            Versions <span>{version}</span>
          </h2>
          <ul class="files">
            {versions.map((each) => (
              <li>
                <b>
                  {each.version === version ? `v${each.version}, the newest` : `v${each.version}`}
                </b>
                <Badge {...each} contactId={contactId} />
                <small>
                  {sizeWords(each.size)} · <Sent {...each} {...viewer} />
                </small>
                <small>
                  <a href={at.content(id, each.version)}>
                    Download<span class="unseen"> version {each.version}</span>
                  </a>
                </small>
              </li>
            ))}
          </ul>
          {older !== null && (
            <p class="ways">
              <a href={withQuery(paths.clientFile(token, id), { before: String(older) })}>
                Older versions
              </a>
            </p>
          )}
        </section>
      </div>
    </ClientLayout>
  )
}
