import { vi } from 'vitest'

let lines: string[] = []

/** What the product logged since the test began, a line of JSON each. */
export const logged = (): readonly string[] => lines

/** The lines about one thing. */
export const linesOf = (what: string): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => line.what === what)

/** Takes the product's own lines off the terminal; whatever else is said there stays. */
export function captureLog(): void {
  lines = []
  for (const level of ['info', 'warn', 'error'] as const) {
    const real = console[level]
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
      const [line] = said
      if (typeof line === 'string' && line.startsWith('{"level":')) lines.push(line)
      else real.apply(console, said)
    })
  }
}

/** What must never be in a line, however it came there. */
const secret = /[0-9a-f]{64}|\bap_\w{16}|\bSG\.|[\w.+-]+@[\w-]+\.[a-z]|session_token|\?\w+=/i

export const suspicious = (): string[] => lines.filter((line) => secret.test(line))
