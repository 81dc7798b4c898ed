import type { Result } from '../../src/lib/result.ts'

/** A verb of the demo that is refused is a mistake in its story. */
export function must<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value
  throw new Error(`The demo was refused: ${JSON.stringify(result.failure)}`)
}
