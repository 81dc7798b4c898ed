import type { FileItem } from '../../features/files/queries.ts'
import { visible } from '../../lib/visible.ts'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'

interface FileRenameProps {
  file: FileItem
  /** Where the form goes. */
  action: string
  client: string
  /** The form that came back. */
  form: FormState | undefined
}

/** Another name for a file, or another folder. */
export const FileRename = ({ file, action, client, form }: FileRenameProps) => {
  const shown = form ?? {
    values: { folder: visible(file.folder, 255), name: visible(file.name, 255) },
    errors: [],
  }
  return (
    <section class="card part" aria-labelledby="rename">
      <div class="card-head">
        <h2 id="rename">Name and folder</h2>
      </div>
      <form method="post" action={action} class="inset stack">
        <FormErrors form={shown} />
        <div class="sending">
          <TextField
            form={shown}
            name="folder"
            label="Folder, if any"
            maxlength={255}
            autocomplete="off"
          />
          <TextField
            form={shown}
            name="name"
            label="Name"
            maxlength={255}
            autocomplete="off"
            required
          />
          <button class="btn">Save</button>
        </div>
        <p class="hint">
          <bdi>{client}</bdi> finds it there at once, with all its versions. The folder Drafts/Round
          2 lies in Drafts.
        </p>
      </form>
    </section>
  )
}
