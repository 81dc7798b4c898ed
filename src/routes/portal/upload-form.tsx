import { MOST_FILE, MOST_FORM } from '../../features/files/rules.ts'
import { sizeWords } from '../../lib/size.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'

export interface UploadFormProps {
  token: string
  /** Of the portal, under which the browser remembers what it has not finished. */
  portal: string
  form: FormState
}

/** Files on their way to the team; it works without a script, within what one request may carry. */
export const UploadForm = ({ token, portal, form }: UploadFormProps) => {
  // What was sent for a request came back there.
  const [wrong] = form.values['request'] ? [] : form.errors
  return (
    <file-drop
      data-uploads={paths.api.clientUploads(token)}
      data-portal={portal}
      data-hint={`up to ${sizeWords(MOST_FILE)} each · uploads resume if the connection drops`}
    >
      <form
        method="post"
        action={paths.clientFiles(token)}
        enctype="multipart/form-data"
        class="drop"
      >
        <input type="hidden" name="id" value={form.values['id'] ?? ''} />
        <input
          type="file"
          name="file"
          multiple
          required
          aria-label="Choose files"
          aria-describedby={wrong ? 'upload-error upload-hint' : 'upload-hint'}
          {...(wrong ? { 'aria-invalid': 'true', autofocus: true } : {})}
        />
        <button class="btn">Upload</button>
        {wrong && (
          <p class="red" id="upload-error" role="alert">
            {wrong.message}
          </p>
        )}
        <small id="upload-hint" data-plain>
          Up to {sizeWords(MOST_FORM)} this way. The same name again becomes a new version.
        </small>
      </form>
    </file-drop>
  )
}
