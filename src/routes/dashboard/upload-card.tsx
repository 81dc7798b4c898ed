import { MOST_FILE, MOST_FORM } from '../../features/files/rules.ts'
import { sizeWords } from '../../lib/size.ts'
import { paths } from '../../paths.ts'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'

interface UploadCardProps {
  slug: string
  portal: string
  client: string
  form: FormState
}

/** Files on their way to the client; it works without a script, within what one request may carry. */
export const UploadCard = ({ slug, portal, client, form }: UploadCardProps) => {
  const wrong = form.errors.find(({ path }) => path === 'file')
  return (
    <section class="card" aria-labelledby="upload">
      <div class="card-head">
        <h2 id="upload">Add files</h2>
      </div>
      <file-drop
        data-uploads={paths.api.uploads(portal)}
        data-portal={portal}
        data-organization={slug}
        data-hint={`up to ${sizeWords(MOST_FILE)} each · uploads resume if the connection drops`}
      >
        <form
          method="post"
          action={paths.files(slug, portal)}
          enctype="multipart/form-data"
          class="inset stack"
        >
          <FormErrors form={form} />
          <input type="hidden" name="id" value={form.values['id'] ?? ''} />
          <TextField
            form={form}
            name="folder"
            label="Folder"
            hint="Leave it empty for none; Drafts/Round 2 lies in Drafts."
            maxlength={255}
            autocomplete="off"
          />
          <div class="field" data-zone>
            <label for="field-file">Choose files</label>
            <input
              id="field-file"
              name="file"
              type="file"
              multiple
              required
              aria-describedby={wrong ? 'field-file-error field-file-hint' : 'field-file-hint'}
              {...(wrong ? { 'aria-invalid': 'true', autofocus: true } : {})}
            />
            {wrong && (
              <p class="error" id="field-file-error">
                {wrong.message}
              </p>
            )}
            <p class="hint" id="field-file-hint">
              Up to {sizeWords(MOST_FORM)} this way. <bdi>{client}</bdi> sees them at once; the same
              name again in the same folder becomes a new version.
            </p>
          </div>
          <div class="actions">
            <button class="btn go">Upload</button>
          </div>
        </form>
      </file-drop>
    </section>
  )
}
