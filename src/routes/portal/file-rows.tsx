import { folderWords } from '../../features/files/rules.ts'
import { previewOf } from '../../features/files/types.ts'
import type { ClientFile } from '../../features/links/latest-files.ts'
import { formatNearDay, type Clock } from '../../lib/day.ts'
import { sizeWords } from '../../lib/size.ts'
import { visible } from '../../lib/visible.ts'
import type { FileAddresses } from './file-addresses.ts'

export interface FileViewer {
  contactId: string
  clock: Clock
  now: number
  at: FileAddresses
}

/** Files as a client sees them, newest first. `within` is the folder whose list it is. */
export const FileRows = ({
  files,
  within = '',
  ...viewer
}: FileViewer & { files: readonly ClientFile[]; within?: string | undefined }) => (
  <ul class="files">
    {files.map((file) => (
      <FileRow file={file} within={within} {...viewer} />
    ))}
  </ul>
)

const FileRow = ({
  file,
  within,
  at,
  ...viewer
}: FileViewer & { file: ClientFile; within: string }) => {
  const { id, name, folder, version, size, contentType } = file
  const facts = [
    ...(folder === within ? [] : [folderWords(folder)]),
    ...(version > 1 ? [`v${version}`] : []),
    sizeWords(size),
  ]
  return (
    <li>
      <a href={at.file(id)}>
        <bdi>{visible(name, 255)}</bdi>
      </a>
      <Badge {...file} {...viewer} />
      <small>
        {facts.join(' · ')} · <Sent {...file} {...viewer} />
      </small>
      <small>
        {previewOf(contentType) && <a href={at.preview(id)}>Preview</a>}
        <a href={at.content(id)}>Download</a>
      </small>
    </li>
  )
}

type Sending = Pick<ClientFile, 'source' | 'byId' | 'by' | 'createdAt'>
type Reader = Omit<FileViewer, 'at'>

/** When it came, and of the team from whom: of the client's people the badge says that. */
export const Sent = ({ source, by, createdAt, now, clock }: Sending & Reader) => (
  <>
    {formatNearDay(createdAt, now, clock)}
    {source === 'team' && (
      <>
        {' '}
        · <bdi>{visible(by, 60)}</bdi>
      </>
    )}
  </>
)

/** Which side it came from; of another one of the client's people their name. */
export const Badge = ({ source, byId, by, contactId }: Sending & Pick<Reader, 'contactId'>) => {
  if (source === 'team') return <b class="tag blue">Team</b>
  return (
    <b class="tag teal">
      {byId === contactId ? 'You' : <bdi>{visible(by, 30) || 'Somebody'}</bdi>}
    </b>
  )
}
