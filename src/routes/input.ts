import * as z from 'zod/mini'
import type { FieldError } from '../lib/failure.ts'

export type Values = Record<string, string>

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

export function parse<T extends z.core.$ZodType>(schema: T, input: unknown): Parsed<z.output<T>> {
  const parsed = z.safeParse(schema, input)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return { ok: false, errors }
}

/** The text fields of a form by name; a file that somebody sends along is no field. */
export async function formValues(request: Request): Promise<Values> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return {}
  const values: Values = {}
  try {
    for (const [name, value] of await request.formData()) {
      if (typeof value === 'string') values[name] = value
    }
  } catch {
    // A body that isn't what its type says: every field counts as missing.
  }
  return values
}

/** What stood in a form's fields when it was opened, by the names of `Was`. */
export const asBefore = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`was.${name}`, value]))

type Nested = { [name: string]: string | Nested }

/** `contact.name=Jane` as `{ contact: { name: 'Jane' } }`, the shape that the schemas check. */
export function nested(values: Values): Nested {
  const root: Nested = Object.create(null)
  for (const [name, value] of Object.entries(values)) {
    const parts = name.split('.')
    const last = parts.pop() ?? name
    let level = root
    for (const part of parts) {
      const next = level[part]
      level = typeof next === 'object' ? next : (level[part] = Object.create(null))
    }
    level[last] = value
  }
  return root
}
