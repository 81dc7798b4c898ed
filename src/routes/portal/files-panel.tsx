import type { PropsWithChildren } from 'hono/jsx'
import type { ClientFile } from '../../features/links/latest-files.ts'
import { sizeWords } from '../../lib/size.ts'
import type { FormState } from '../../ui/fields.tsx'
import { FileRows, type FileViewer } from './file-rows.tsx'
import type { UploadFormProps } from './upload-form.tsx'

interface PanelProps extends FileViewer {
  /** The latest, newest first. */
  files: readonly ClientFile[]
  portal: string
  /** Of all of them, and their bytes. */
  count: number
  size: number
  /** Null where nothing can be sent: a member looks on, or the portal is archived. */
  token: string | null
  archived: boolean
  form: FormState
}

/** The files of a portal on its client's page. Its children, what is asked for, stand on top. */
export const FilesPanel = (props: PropsWithChildren<PanelProps>) => {
  const { files, portal, count, size, token, archived, form, children, ...viewer } = props
  return (
    <section class="panel" id="files">
      <h2>
        Files
        <span data-files="count">{count > 0 && `${count} · ${sizeWords(size)}`}</span>
      </h2>
      {children}
      {token !== null && <Upload token={token} portal={portal} form={form} />}
      <div data-files="list">
        {files.length === 0 ? (
          <p class="empty">
            <b>{archived ? 'No files' : 'No files yet'}</b>
            {!archived && 'Whatever you share with each other will be here.'}
          </p>
        ) : (
          <>
            <FileRows files={files} {...viewer} />
            <p class="ways">
              <a href={viewer.at.all}>All files</a>
              <a href={viewer.at.archive}>Download all</a>
            </p>
          </>
        )}
      </div>
    </section>
  )
}

/** Loaded where somebody may send something: not in a preview, and not in an archived portal. */
const Upload = async (props: UploadFormProps) => {
  const { UploadForm } = await import('./upload-form.tsx')
  return <UploadForm {...props} />
}
