import { Validator } from '@cfworker/json-schema'
import params from '../schemas/params.json' with { type: 'json' }
import type { Operations } from '../schemas/operations.ts'
import type { Schema } from '../schemas/schema.ts'
import { decoded } from './decode.ts'
import type { Tree } from './form.ts'
import { problem } from './problem.ts'

export const { sdk, apiVersion } = params

const schemas = new Map<string, unknown>(Object.entries(params.operations))
const validators = new Map<string, Validator>()

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null
}

function schemaOf(operation: string): Schema {
  const schema = schemas.get(operation)
  if (!isSchema(schema)) throw new Error(`No schema of ${operation}: npm run stripe-schemas`)
  return schema
}

function fits<O extends keyof Operations>(operation: O, value: unknown): value is Operations[O] {
  const known = validators.get(operation)
  const validator = known ?? new Validator(schemaOf(operation), '7')
  validators.set(operation, validator)
  return validator.validate(value).valid
}

/** What was sent, as the SDK's types have it, or Stripe's refusal. */
export function checked<O extends keyof Operations>(operation: O, given: Tree): Operations[O] {
  const schema = schemaOf(operation)
  const value = decoded(given, schema)
  if (fits(operation, value)) return value
  throw problem(value, schema)
}
