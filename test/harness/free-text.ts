import * as z from 'zod/mini'

const modules: Record<string, Record<string, unknown>> = import.meta.glob(
  '../../src/features/*/input.ts',
  { eager: true },
)

const isSchema = (value: unknown): value is z.core.$ZodTypes =>
  value instanceof Object && '_zod' in value

type Found = [path: string, schema: z.core.$ZodType]

/** A schema and every one below it, by its path; what only wraps another has that one's path. */
function below(schema: z.core.$ZodType, path: string): Found[] {
  return [[path, schema], ...inside(schema, path)]
}

function inside(schema: z.core.$ZodType, path: string): Found[] {
  if (!isSchema(schema)) return []
  const { def } = schema._zod
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([name, each]) => below(each, `${path}.${name}`))
    case 'optional':
    case 'nullable':
    case 'default':
      return below(def.innerType, path)
    case 'pipe':
      return [...below(def.in, path), ...below(def.out, path)]
    case 'array':
      return below(def.element, `${path}[]`)
    case 'union':
      return def.options.flatMap((each) => below(each, path))
    default:
      return []
  }
}

const takesWords = (schema: z.core.$ZodType): boolean =>
  isSchema(schema) &&
  schema._zod.def.type === 'string' &&
  ['Two words', 'Other, <b>words</b>'].every((words) => takes(schema, words))

const takes = (schema: z.core.$ZodType, text: string): boolean => z.safeParse(schema, text).success

/**
 * Fields of every feature's input that take whatever words people write, by schema and path. What
 * stands in another input is named there.
 */
export function freeTextFields(): Map<string, z.core.$ZodType> {
  const exported = Object.values(modules).flatMap((each) => Object.entries(each))
  const inputs = exported.flatMap(([name, schema]) =>
    isSchema(schema) ? [{ schema, found: below(schema, name) }] : [],
  )
  const nested = new Set(inputs.flatMap(({ found }) => found.slice(1).map(([, each]) => each)))
  const fields = new Map<string, z.core.$ZodType>()
  for (const { schema, found } of inputs) {
    if (nested.has(schema)) continue
    for (const [path, each] of found) if (takesWords(each)) fields.set(path, each)
  }
  return fields
}

/** As much of the text as the field takes. */
export function most(field: z.core.$ZodType, text: string): string {
  const signs = [...text]
  let length = signs.length
  while (length > 0 && !takes(field, signs.slice(0, length).join(''))) length--
  return signs.slice(0, length).join('')
}

/** Whether it keeps the line breaks that are written into it. */
export const keepsLines = (field: z.core.$ZodType): boolean => {
  const kept = z.safeParse(field, 'a\nb')
  return kept.success && kept.data === 'a\nb'
}
