import type { FileItem, FilesOfPortal } from '../../features/files/queries.ts'
import { folderWords, type FilesPlace } from '../../features/files/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { sizeWords } from '../../lib/size.ts'
import { visible } from '../../lib/visible.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, numbers, Table } from '../../ui/table.tsx'
import { From } from './sender.tsx'
import { PortalFrame } from './portal-frame.tsx'
import { StorageUsed } from './storage-used.tsx'
import { UploadCard } from './upload-card.tsx'

interface FilesProps {
  person: Person
  membership: Membership
  found: FilesOfPortal
  place: FilesPlace
  /** The files that are being sent. */
  form: FormState
  /** Bytes that the organisation's files may take. */
  storage: number
  now: number
}

/** A portal's files for the team: newest first, whole or folder by folder. */
export const FilesPage = (props: FilesProps) => {
  const { person, membership, found, place, form, storage, now } = props
  const { portal, items, next, folders, used, undo } = found
  const { slug } = membership.organization
  const { folder, cursor } = place
  const list = paths.files(slug, portal.id)
  const here = (query: Record<string, string | undefined>) => withQuery(list, { folder, ...query })
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="files" now={now}>
      {undo && <Undo slug={slug} file={undo} folder={folder} />}
      <div class="files-page">
        {portal.archivedAt === null && (
          <UploadCard slug={slug} portal={portal.id} client={portal.client} form={form}>
            <StorageUsed used={used} of={storage} />
          </UploadCard>
        )}
        <section class="card" aria-labelledby="files" data-files="list">
          <div class="card-head">
            <h2 id="files">Files</h2>
            <span class="muted">
              {portal.files > 0 && `${portal.files} · ${sizeWords(portal.filesSize)}`}
            </span>
            <div class="acts">
              {portal.files > 0 && (
                <a class="btn" href={paths.archive(slug, portal.id)}>
                  Download all
                </a>
              )}
              <a class="btn" href={withQuery(list, { deleted: '1' })}>
                Deleted files
              </a>
            </div>
          </div>
          <Folders list={list} folders={folders} folder={folder} />
          {items.length === 0 ? (
            <p class="empty">
              {folder
                ? 'Nothing lies in this folder.'
                : 'No files yet. What you add here, the client finds in their portal; what they send you comes here as well.'}
            </p>
          ) : (
            <FileTable membership={membership} items={items} folder={folder} now={now} />
          )}
        </section>
      </div>
      <Pager
        back={cursor === undefined ? undefined : { label: 'Newest', href: here({}) }}
        on={next === null ? undefined : { label: 'Older', href: here({ cursor: next }) }}
      />
    </PortalFrame>
  )
}

interface UndoProps {
  slug: string
  file: FileItem
  folder: string | undefined
}

/** What was just deleted, and the way back. */
const Undo = ({ slug, file, folder }: UndoProps) => (
  <div class="notice banner" role="status">
    <p>
      <bdi>{visible(file.name, 255)}</bdi> is deleted. For 30 days it can be brought back from the
      deleted files.
    </p>
    <form
      method="post"
      action={withQuery(paths.fileAction(slug, file.portalId, file.id, 'restore'), { folder })}
    >
      <button class="btn">Undo</button>
    </form>
  </div>
)

interface FoldersProps {
  list: string
  folders: readonly string[]
  folder: string | undefined
}

const Folders = ({ list, folders, folder }: FoldersProps) => {
  if (folders.length === 0 && folder === undefined) return null
  const chip = (to: string | undefined, label: string) => (
    <a
      href={withQuery(list, { folder: to })}
      {...(folder === to ? { 'aria-current': 'true' } : {})}
    >
      <bdi>{label}</bdi>
    </a>
  )
  return (
    <nav class="chips in-card" aria-label="Folders">
      {chip(undefined, 'All')}
      {chip('', 'In no folder')}
      {folders.map((each) => chip(each, folderWords(each)))}
    </nav>
  )
}

interface TableProps {
  membership: Membership
  items: readonly FileItem[]
  folder: string | undefined
  now: number
}

const FileTable = ({ membership, items, folder, now }: TableProps) => (
  <Table of="team-files" heads={['Name', numbers('Size'), 'From', fit('When'), actions]}>
    {items.map((file) => (
      <FileRow file={file} membership={membership} folder={folder} now={now} />
    ))}
  </Table>
)

const FileRow = ({
  file,
  membership,
  folder,
  now,
}: Omit<TableProps, 'items'> & { file: FileItem }) => {
  const { organization } = membership
  const { slug } = organization
  const { id, portalId, version } = file
  const name = visible(file.name, 255)
  const elsewhere = folder === undefined && file.folder !== ''
  return (
    <tr id={`file-${id}`}>
      <td>
        <b>
          <a href={paths.file(slug, portalId, id)}>
            <bdi>{name}</bdi>
          </a>
        </b>
        {(elsewhere || version > 1) && (
          <small>
            {version > 1 && <span class="num">v{version}</span>}
            {elsewhere && version > 1 && ' · '}
            {elsewhere && (
              <a href={withQuery(paths.files(slug, portalId), { folder: file.folder })}>
                <bdi>{folderWords(file.folder)}</bdi>
              </a>
            )}
          </small>
        )}
      </td>
      <td class="fit r num">{sizeWords(file.size)}</td>
      <td class="sender">
        <From {...file} />
      </td>
      <td class="fit muted">
        <Ago at={file.createdAt} now={now} clock={organization} />
      </td>
      <td class="fit r">
        <div class="acts">
          <a class="btn" href={paths.fileAction(slug, portalId, id, 'content')}>
            Download<span class="unseen"> {name}</span>
          </a>
          <form
            method="post"
            action={withQuery(paths.fileAction(slug, portalId, id, 'delete'), { folder })}
          >
            <button class="btn">
              Delete<span class="unseen"> {name}</span>
            </button>
          </form>
        </div>
      </td>
    </tr>
  )
}
