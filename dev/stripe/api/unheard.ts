import { invalid } from '../errors.ts'

/**
 * Refuses what Stripe takes and the local Stripe does nothing with: accepted in silence, it would pass
 * here and mean something there.
 */
export function onlyHeard(given: object | undefined, names: readonly string[], within = ''): void {
  const unheard = Object.keys(given ?? {}).find((name) => !names.includes(name))
  if (unheard === undefined) return
  const param = within === '' ? unheard : `${within}[${unheard}]`
  throw invalid(
    `Stripe takes ${param} here, and the local Stripe does nothing with it yet. Teach it before you send it.`,
    { code: 'not_implemented_locally', param },
  )
}
