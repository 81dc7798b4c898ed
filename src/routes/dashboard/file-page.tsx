import type { FileOfPortal } from '../../features/files/queries.ts'
import { folderWords } from '../../features/files/rules.ts'
import { previewOf } from '../../features/files/types.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { sizeWords } from '../../lib/size.ts'
import { visible } from '../../lib/visible.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, numbers, Table } from '../../ui/table.tsx'
import { FilePreview } from '../file-preview.tsx'
import { FileRename } from './file-rename.tsx'
import { From } from './sender.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface FilePageProps {
  person: Person
  membership: Membership
  found: FileOfPortal
  /** Whether these are the newest versions. */
  first: boolean
  /** Its new name, which could not be had. */
  form?: FormState | undefined
  now: number
}

/** One file for the team: what is in it, and every version with who sent it. */
export const FilePage = ({ person, membership, found, first, form, now }: FilePageProps) => {
  const { portal, file, versions, older } = found
  const { organization } = membership
  const { slug } = organization
  const name = visible(file.name, 255)
  const list = paths.files(slug, portal.id)
  const action = (to: 'content' | 'preview' | 'rename' | 'delete') =>
    paths.fileAction(slug, portal.id, file.id, to)
  const here = paths.file(slug, portal.id, file.id)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="files" now={now}>
      <p class="crumb">
        <a href={list}>Files</a>
        {file.folder !== '' && (
          <>
            {' '}
            /{' '}
            <a href={withQuery(list, { folder: file.folder })}>
              <bdi>{folderWords(file.folder)}</bdi>
            </a>
          </>
        )}
      </p>
      <section class="card part" aria-labelledby="file">
        <div class="card-head">
          <h2 id="file">
            <bdi>{name}</bdi>
          </h2>
          <div class="acts">
            <a class="btn go" href={action('content')}>
              Download
            </a>
            <form method="post" action={action('delete')}>
              <button class="btn">Delete</button>
            </form>
          </div>
        </div>
        {previewOf(file.contentType) ? (
          <FilePreview name={name} contentType={file.contentType} src={action('preview')} />
        ) : (
          <p class="empty">There is no preview for a file of this kind.</p>
        )}
      </section>
      {portal.archivedAt === null && (
        <FileRename file={file} action={action('rename')} client={portal.client} form={form} />
      )}
      <section class="card part" aria-labelledby="versions">
        <div class="card-head">
          <h2 id="versions">Versions</h2>
        </div>
        <Table of="team-files" heads={['Version', numbers('Size'), 'From', fit('When'), actions]}>
          {versions.map((each) => (
            <tr>
              <td>
                <b class="num">v{each.version}</b>
                {each.version === file.version && <span class="muted"> · the newest</span>}
              </td>
              <td class="fit r num">{sizeWords(each.size)}</td>
              <td class="sender">
                <From {...each} />
              </td>
              <td class="fit muted">
                <Ago at={each.createdAt} now={now} clock={organization} />
              </td>
              <td class="fit r">
                <a
                  class="btn"
                  href={withQuery(action('content'), { version: String(each.version) })}
                >
                  Download<span class="unseen"> version {each.version}</span>
                </a>
              </td>
            </tr>
          ))}
        </Table>
      </section>
      <Pager
        back={first ? undefined : { label: 'Newest', href: here }}
        on={
          older === null
            ? undefined
            : { label: 'Older versions', href: withQuery(here, { before: String(older) }) }
        }
      />
    </PortalFrame>
  )
}
