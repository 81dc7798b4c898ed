import { Validator } from '@cfworker/json-schema'
import type { Schema } from '../schemas/schema.ts'
import type { Given } from './form.ts'

const isList = (names: string[]) => names.every((name) => /^\d+$/.test(name))

function text(given: string, schema: Schema): unknown {
  switch (schema.type) {
    case 'integer':
      return /^-?\d{1,16}$/.test(given) ? Number(given) : given
    case 'number':
      return /^-?\d{1,16}(\.\d{1,12})?$/.test(given) ? Number(given) : given
    case 'boolean':
      return given === 'true' ? true : given === 'false' ? false : given
    default:
      return given
  }
}

/** Text as the numbers, booleans and lists it stands for; what can't be read stays text, to be refused. */
export function decoded(given: Given, schema: Schema): unknown {
  if (schema.anyOf) {
    const tries = schema.anyOf.map((branch) => ({ branch, value: decoded(given, branch) }))
    const fit = tries.find(({ branch, value }) => new Validator(branch, '7').validate(value).valid)
    return (fit ?? tries.at(-1))?.value
  }
  if (typeof given === 'string') return text(given, schema)
  const names = Object.keys(given)
  if (schema.type === 'array' && isList(names)) {
    return names.map((name) => decoded(given[name] ?? '', schema.items ?? {}))
  }
  const others = schema.additionalProperties || {}
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      decoded(value, own(schema.properties, name) ?? others),
    ]),
  )
}

function own(properties: Record<string, Schema> | undefined, name: string): Schema | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined
}
