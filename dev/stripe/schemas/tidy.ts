import type { Schema } from './schema.ts'

/** https://docs.stripe.com/metadata */
const metadata: Schema = {
  type: 'object',
  maxProperties: 50,
  propertyNames: { maxLength: 40 },
  additionalProperties: { type: 'string', maxLength: 500 },
}

/** Of any text, where nothing shorter is said. */
const longest = 5000

/** Numbers of Stripe's API are whole, but for these. */
const fractions = new Set(
  'height length weight width percent_off percentage application_fee_percent'.split(' '),
)

interface Tree {
  [name: string]: unknown
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isNothing = (schema: unknown) => isTree(schema) && schema['type'] === 'null'

class Tidy {
  readonly #definitions: Tree

  constructor(definitions: Tree) {
    this.#definitions = definitions
  }

  one(schema: unknown, name: string): Schema {
    if (!isTree(schema)) return {}
    if (typeof schema['$ref'] === 'string') {
      const target = decodeURIComponent(schema['$ref'].replace('#/definitions/', ''))
      if (target === 'MetadataParam') return metadata
      return this.one(this.#definitions[target], name)
    }
    if (Array.isArray(schema['anyOf'])) return this.#any(schema['anyOf'], name)
    const all = [schema['type']].flat()
    // A form can't say null: an empty text stands for it.
    const types = all.filter((type) => type !== 'null')
    if (types.length > 1) {
      return this.#any(
        types.map((type) => ({ ...schema, type })),
        name,
      )
    }
    if (types[0] === 'string' && all.length > 1) return { type: 'string', maxLength: longest }
    switch (types[0]) {
      case 'object':
        return this.#object(schema)
      case 'array':
        return { type: 'array', items: this.one(schema['items'], name) }
      case 'number':
        return { type: fractions.has(name) ? 'number' : 'integer' }
      case 'boolean':
        return { type: 'boolean' }
      default:
        return this.#string(schema, name)
    }
  }

  #any(branches: unknown[], name: string): Schema {
    const anyOf = branches
      .filter((branch) => !isNothing(branch))
      .map((each) => this.one(each, name))
    const [only] = anyOf
    return anyOf.length === 1 && only ? only : { anyOf }
  }

  #string(schema: Tree, name: string): Schema {
    const values = Array.isArray(schema['enum']) ? schema['enum'] : [schema['const']]
    const words = values.filter((value) => typeof value === 'string')
    if (words.length > 0) return { type: 'string', enum: words }
    if (name.endsWith('_decimal')) return { type: 'string', pattern: '^-?\\d+(\\.\\d{1,12})?$' }
    return { type: 'string', minLength: 1, maxLength: longest }
  }

  #object(schema: Tree): Schema {
    const given = isTree(schema['properties']) ? schema['properties'] : {}
    const properties = Object.fromEntries(
      Object.entries(given).map(([name, property]) => [name, this.one(property, name)]),
    )
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
    const others = schema['additionalProperties']
    return {
      type: 'object',
      properties,
      ...(required.length > 0 && { required }),
      additionalProperties: isTree(others) ? this.one(others, '') : false,
    }
  }
}

/** The generator's output without references and null, closed where the types are open. */
export function tidied(schema: unknown): Record<string, Schema> {
  const definitions = isTree(schema) && isTree(schema['definitions']) ? schema['definitions'] : {}
  const { properties = {} } = new Tidy(definitions).one(schema, '')
  return properties
}
