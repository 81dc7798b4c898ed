import type { Child, PropsWithChildren } from 'hono/jsx'
import type { FieldError } from '../lib/failure.ts'

/** What a form is drawn with: empty at first, what was sent and what is wrong with it the next time. */
export interface FormState {
  values: Record<string, string>
  errors: readonly FieldError[]
}

interface FieldProps {
  form: FormState
  /** The input's path in the schema, as in `contact.email`. */
  name: string
  label: string
  hint?: string
}

const messageFor = (form: FormState, name: string): string | undefined =>
  form.errors.find(({ path }) => path === name)?.message

const idOf = (name: string) => `field-${name.replaceAll('.', '-')}`

const describe = (form: FormState, name: string, hint: string | undefined) => {
  const ids = [
    messageFor(form, name) !== undefined && `${idOf(name)}-error`,
    hint !== undefined && `${idOf(name)}-hint`,
  ].filter((id) => id !== false)
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }
}

const Row = ({ form, name, label, hint, children }: PropsWithChildren<FieldProps>) => {
  const message = messageFor(form, name)
  return (
    <div class="field">
      <label for={idOf(name)}>{label}</label>
      {children}
      {message && (
        <p class="error" id={`${idOf(name)}-error`}>
          {message}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${idOf(name)}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextProps extends FieldProps {
  type?: 'text' | 'email' | 'date' | 'number'
  min?: number
  max?: number
  spellcheck?: boolean
  maxlength?: number
  autocomplete?: string
  required?: boolean
  autofocus?: boolean
}

/** A form that came back starts at its first field that is not right. */
const focus = (form: FormState, name: string, asked = false) => {
  const wrong = form.errors.find(({ path }) => path !== '')
  return { autofocus: wrong ? wrong.path === name : asked }
}

export const TextField = ({
  form,
  name,
  label,
  hint,
  type = 'text',
  autofocus,
  ...rest
}: TextProps) => (
  <Row form={form} name={name} label={label} {...(hint ? { hint } : {})}>
    <input
      id={idOf(name)}
      name={name}
      type={type}
      value={form.values[name] ?? ''}
      {...(messageFor(form, name) ? { 'aria-invalid': 'true' } : {})}
      {...describe(form, name, hint)}
      {...focus(form, name, autofocus)}
      {...rest}
    />
  </Row>
)

interface AreaProps extends FieldProps {
  maxlength?: number
  rows: number
  autocomplete?: string
}

export const AreaField = ({ form, name, label, hint, ...rest }: AreaProps) => (
  <Row form={form} name={name} label={label} {...(hint ? { hint } : {})}>
    <textarea
      id={idOf(name)}
      name={name}
      {...(messageFor(form, name) ? { 'aria-invalid': 'true' } : {})}
      {...describe(form, name, hint)}
      {...focus(form, name)}
      {...rest}
    >
      {/* A first line break right after the tag is not the text's own. */}
      {`\n${form.values[name] ?? ''}`}
    </textarea>
  </Row>
)

/** A colour in hex, which works everywhere, beside a picker where scripts run. */
export const ColourField = ({ form, name, label, hint }: FieldProps) => (
  <Row form={form} name={name} label={label} {...(hint ? { hint } : {})}>
    <colour-field>
      <input
        id={idOf(name)}
        name={name}
        class="num"
        value={form.values[name] ?? ''}
        maxlength={20}
        spellcheck={false}
        autocomplete="off"
        {...(messageFor(form, name) ? { 'aria-invalid': 'true' } : {})}
        {...describe(form, name, hint)}
        {...focus(form, name)}
      />
      <input type="color" aria-label={`Pick: ${label}`} value="#0f766e" hidden />
    </colour-field>
  </Row>
)

interface FileProps extends FieldProps {
  /** Media types, with commas between. */
  accept: string
}

export const FileField = ({ form, name, label, hint, accept }: FileProps) => (
  <Row form={form} name={name} label={label} {...(hint ? { hint } : {})}>
    <input
      id={idOf(name)}
      name={name}
      type="file"
      accept={accept}
      {...(messageFor(form, name) ? { 'aria-invalid': 'true' } : {})}
      {...describe(form, name, hint)}
      {...focus(form, name)}
    />
  </Row>
)

interface Option {
  value: string
  label: string
}

interface SelectProps extends FieldProps {
  options: readonly Option[]
}

export const SelectField = ({ form, name, label, hint, options }: SelectProps) => (
  <Row form={form} name={name} label={label} {...(hint ? { hint } : {})}>
    <select
      id={idOf(name)}
      name={name}
      {...(messageFor(form, name) ? { 'aria-invalid': 'true' } : {})}
      {...describe(form, name, hint)}
    >
      {options.map(({ value, label: text }) => (
        <option value={value} selected={form.values[name] === value}>
          {text}
        </option>
      ))}
    </select>
  </Row>
)

interface ChoiceProps extends FieldProps {
  options: readonly (Option & { hint: string })[]
}

export const ChoiceField = ({ form, name, label, options }: ChoiceProps) => (
  <fieldset class="field choices">
    <legend>{label}</legend>
    {options.map(({ value, label: text, hint }) => (
      <label>
        <input type="radio" name={name} value={value} checked={form.values[name] === value} />
        <span>
          {text}
          <small>{hint}</small>
        </span>
      </label>
    ))}
    {messageFor(form, name) && <p class="error">{messageFor(form, name)}</p>}
  </fieldset>
)

export const CheckField = ({ form, name, label, hint }: FieldProps) => (
  <label class="field check">
    <input type="checkbox" name={name} value="yes" checked={form.values[name] === 'yes'} />
    <span>
      {label}
      {hint && <small>{hint}</small>}
    </span>
  </label>
)

/**
 * What stood in fields when the form was opened, so that what somebody else saved since is not written
 * over unseen.
 */
export const Was = ({ form, names }: { form: FormState; names: readonly string[] }) => (
  <>
    {names.map((name) => (
      <input type="hidden" name={`was.${name}`} value={form.values[`was.${name}`] ?? ''} />
    ))}
  </>
)

/** What is wrong with the form as a whole; fields carry their own messages. */
export const FormErrors = ({ form, children }: { form: FormState; children?: Child }) => {
  const general = form.errors.filter(({ path }) => path === '')
  if (form.errors.length === 0) return null
  return (
    <div class="notice red" role="alert">
      {general.length > 0
        ? general.map(({ message }) => <p>{message}</p>)
        : (children ?? <p>Some of this is not right yet. Nothing was saved.</p>)}
    </div>
  )
}
