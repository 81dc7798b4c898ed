import { Validator } from '@cfworker/json-schema'
import { invalid } from '../errors.ts'
import type { Refused } from '../errors.ts'
import type { Schema } from '../schemas/schema.ts'

interface Fields {
  [name: string]: unknown
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fits = (value: unknown, schema: Schema) => new Validator(schema, '7').validate(value).valid

function listed(values: string[]): string {
  if (values.length < 3) return values.join(' or ')
  return `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}`
}

function inObject(value: Fields, schema: Schema, param: string): Refused {
  const inner = (name: string) => (param === '' ? name : `${param}[${name}]`)
  const { properties = {}, additionalProperties, maxProperties } = schema
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    if (!known) {
      return invalid(`Received unknown parameter: ${inner(name)}`, {
        code: 'parameter_unknown',
        param: inner(name),
      })
    }
    if (!fits(value[name], known)) return problem(value[name], known, inner(name))
    const longest = schema.propertyNames?.maxLength ?? Infinity
    if (name.length > longest) {
      return invalid(
        `Invalid ${param} key: must be at most ${longest} characters (it is ${name.length}).`,
        { param: inner(name) },
      )
    }
  }
  const absent = schema.required?.find((name) => !Object.hasOwn(value, name))
  if (absent !== undefined) {
    return invalid(`Missing required param: ${inner(absent)}.`, {
      code: 'parameter_missing',
      param: inner(absent),
    })
  }
  return invalid(`Invalid ${param}: at most ${maxProperties} keys.`, { param })
}

/** Why `value` doesn't fit, said as Stripe says it. https://docs.stripe.com/error-codes */
export function problem(value: unknown, schema: Schema, param = ''): Refused {
  if (schema.anyOf) {
    const likely =
      schema.anyOf.find(({ type }) => type === (isFields(value) ? 'object' : typeof value)) ??
      schema.anyOf.at(-1)
    const words = schema.anyOf.flatMap((branch) => branch.enum ?? [])
    const every = schema.anyOf.every((branch) => branch.enum)
    return problem(value, every ? { type: 'string', enum: words } : (likely ?? {}), param)
  }
  if (schema.type === 'object') {
    return isFields(value) ? inObject(value, schema, param) : invalid(`Invalid object`, { param })
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return invalid(`Invalid array`, { param })
    const { items = {} } = schema
    const at = value.findIndex((item) => !fits(item, items))
    return problem(value[at], items, `${param}[${at}]`)
  }
  if (typeof value === 'object')
    return invalid(`Invalid string: ${JSON.stringify(value)}`, { param })
  if (value === '') {
    return invalid(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param },
    )
  }
  if (schema.enum) {
    return invalid(`Invalid ${param}: must be one of ${listed(schema.enum)}`, { param })
  }
  if (schema.type === 'integer') {
    return invalid(`Invalid integer: ${String(value)}`, {
      code: 'parameter_invalid_integer',
      param,
    })
  }
  if (schema.type === 'string' && schema.maxLength !== undefined) {
    return invalid(
      `Invalid string: ${String(value).slice(0, 20)}...; must be at most ${schema.maxLength} characters`,
      { param },
    )
  }
  return invalid(`Invalid ${schema.pattern ? 'decimal' : schema.type}: ${String(value)}`, { param })
}
