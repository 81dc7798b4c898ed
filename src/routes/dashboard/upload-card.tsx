import type { PropsWithChildren } from 'hono/jsx'
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

/**
 * Files on their way to the client; it works without a script, within what one request may carry. Its
 * children stand in its head.
 */
export const UploadCard = (props: PropsWithChildren<UploadCardProps>) => {
  const { slug, portal, client, form, children } = props
  const wrong = form.errors.find(({ path }) => path === 'file')
  return (
    <section class="card" aria-labelledby="upload">
      <div class="card-head">
        <h2 id="upload">Add files</h2>
        {children}
      </div>
      <file-drop
        data-uploads={paths.api.uploads(portal)}
        data-portal={portal}
        data-organization={slug}
        data-hint={`Up to ${sizeWords(MOST_FILE)} each; uploads resume if the connection drops.`}
      >
        <form
          method="post"
          action={paths.files(slug, portal)}
          enctype="multipart/form-data"
          class="inset stack"
        >
          <FormErrors form={form} />
          <input type="hidden" name="id" value={form.values['id'] ?? ''} />
          <div class="sending">
            {/* Before the files: whoever reads the body has to know by then where they go. */}
            <TextField
              form={form}
              name="folder"
              label="Folder, if any"
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
            </div>
            <button class="btn go">Upload</button>
          </div>
          <p class="hint" id="field-file-hint">
            <span data-plain>Up to {sizeWords(MOST_FORM)} this way.</span> <bdi>{client}</bdi> sees
            them at once. The same name again in the same folder becomes a new version; the folder
            Drafts/Round 2 lies in Drafts.
          </p>
        </form>
      </file-drop>
    </section>
  )
}
