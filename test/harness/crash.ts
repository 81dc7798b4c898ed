import type { Env } from '../../src/env.ts'

/** Before: what was asked for was not done. After: it was, and nobody learned of it. */
export type Moment = 'before' | 'after'

export interface Crash {
  env: Env
  /** How many steps towards the database and the bucket there were. */
  steps: () => number
}

/**
 * An environment in which the process dies at its nth step towards the database or the bucket: that
 * step and all behind it fail.
 */
export function crashing(env: Env, at: number, moment: Moment): Crash {
  let steps = 0
  let dead = false

  async function step<T>(act: () => Promise<T>): Promise<T> {
    steps++
    if (dead) throw new Error('The process is dead.')
    if (steps !== at) return act()
    dead = true
    if (moment === 'after') await act()
    throw new Error('The process dies.')
  }

  /** Every method of `target` by its name is a step, but those that only lead on to others. */
  function stepped<T extends object>(
    target: T,
    leads: Record<string, (made: object) => object>,
  ): T {
    return new Proxy(target, {
      get(real, name) {
        const member: unknown = Reflect.get(real, name)
        if (typeof member !== 'function') return member
        const lead = typeof name === 'string' ? leads[name] : undefined
        if (lead) return (...args: unknown[]) => lead(Reflect.apply(member, real, args))
        return (...args: unknown[]) =>
          step(async () => Reflect.apply(member, real, args.map(unwrapped)))
      },
    })
  }

  const originals = new WeakMap<object, object>()
  const unwrapped = (given: unknown): unknown =>
    Array.isArray(given)
      ? given.map(unwrapped)
      : typeof given === 'object' && given !== null
        ? (originals.get(given) ?? given)
        : given

  const statement = (made: object): object => {
    const wrapped = stepped(made, { bind: statement })
    originals.set(wrapped, made)
    return wrapped
  }
  const multipart = (made: object): object => stepped(made, {})

  return {
    env: {
      ...env,
      DB: stepped(env.DB, { prepare: statement }),
      BUCKET: stepped(env.BUCKET, { resumeMultipartUpload: multipart }),
    },
    steps: () => steps,
  }
}
