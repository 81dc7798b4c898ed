import { LONGEST_MESSAGE } from '../features/messages/rules.ts'
import type { FormState } from './fields.tsx'

interface MessageFieldProps {
  form: FormState
  rows: number
  /** False for words that came back from a portal that takes no more. */
  open: boolean
  label: string
}

/** Where a message is written; what is wrong with it stands in `#message-error`. */
export const MessageField = ({ form, rows, open, label }: MessageFieldProps) => (
  <textarea
    name="body"
    rows={rows}
    maxlength={LONGEST_MESSAGE}
    required
    readonly={!open}
    aria-label={label}
    placeholder={`${label}…`}
    {...(form.errors.length > 0
      ? { 'aria-invalid': 'true', 'aria-describedby': 'message-error', autofocus: true }
      : {})}
  >
    {/* A first line break right after the tag is not the text's own. */}
    {`\n${form.values['body'] ?? ''}`}
  </textarea>
)
