import * as z from 'zod/mini'
import type { Operation } from './operation.ts'

const problemResponse = {
  description: 'What went wrong (RFC 9457).',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Of your choice, new for each call. Sent again within 24 hours it changes nothing, and the answer is the first status with the item as it is now, without addresses that were shown once, and with Idempotent-Replayed: true. 409 with another path or body, 410 if it was deleted meanwhile.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

const tooManyRequests = {
  ...problemResponse,
  description: 'Too many calls: wait as many seconds as Retry-After says.',
  headers: { 'Retry-After': { schema: { type: 'integer' } } },
}

const schemaOf = (input: z.core.$ZodType) =>
  z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })

function inputOf({ method, input }: Operation) {
  if (!input) return {}
  const schema = schemaOf(input)
  if (method !== 'get') return { requestBody: { content: { 'application/json': { schema } } } }
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    schema: property,
  }))
  return { parameters }
}

function describe(operation: Operation) {
  const { method, path, summary, ok, open } = operation
  const inHeader = method === 'post' && !open ? [idempotencyKey] : []
  const { parameters = [], ...body } = inputOf(operation)
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    summary,
    parameters: [...inPath, ...inHeader, ...parameters],
    ...body,
    responses: {
      [ok.status]: { description: ok.description },
      429: tooManyRequests,
      default: problemResponse,
    },
    ...(open ? { security: [] } : {}),
  }
}

/** The description of these operations as OpenAPI has it, for a product at this address. */
export function document(operations: readonly Operation[], appUrl: string) {
  const byPath: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    byPath[path] = { ...byPath[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AdminStack Portals', version: '1' },
    servers: [{ url: appUrl }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    paths: byPath,
  }
}
