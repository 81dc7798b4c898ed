/**
 * What an unexpected error may say in a log or a row. Drizzle puts a statement's parameters into its
 * message, so the cause's own words are taken, and never a stack or a response.
 */
export function thrown(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  if (!(inner instanceof Error)) return 'Something that is no Error was thrown.'
  return inner.message.startsWith('Failed query') ? inner.name : inner.message.slice(0, 300)
}
