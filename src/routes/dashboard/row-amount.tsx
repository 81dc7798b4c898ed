import type { FormState } from '../../ui/fields.tsx'

interface RowAmountProps {
  form: FormState
  name: string
  label: string
  wrong: boolean
}

/** An amount in a form that stands once in every row: without the ids of `TextField`, which would be many. */
export const RowAmount = ({ form, name, label, wrong }: RowAmountProps) => (
  <label class="field">
    <span>{label}</span>
    <input
      name={name}
      class="num"
      inputmode="decimal"
      maxlength={30}
      value={form.values[name] ?? ''}
      autocomplete="off"
      {...(wrong ? { 'aria-invalid': 'true' as const } : {})}
    />
  </label>
)
