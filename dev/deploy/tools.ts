/** What came of one command of wrangler's. */
export interface Ran {
  ok: boolean
  stdout: string
  /** All it said, for a person. */
  output: string
  /** The addresses that a deploy answers at. */
  targets: readonly string[]
}

export interface How {
  /** The account it is about, where there are several. */
  account?: string | undefined
  /** Hand it the terminal, if there is one: wrangler may have a question of its own. */
  talks?: boolean
}

/** Asks the person at the terminal; a secret is not shown while it is typed. */
export type Ask = (question: string, how?: { secret?: boolean }) => Promise<string>

/** All that a deploy touches outside itself; tests hand it others. */
export interface Tools {
  wrangler: (args: readonly string[], how?: How) => Promise<Ran>
  /** wrangler.toml. */
  config: { read: () => Promise<string>; write: (text: string) => Promise<void> }
  /** A file that this user alone may read, as long as the work lasts. */
  withSecretFile: <T>(text: string, work: (path: string) => Promise<T>) => Promise<T>
  /** Undefined where nobody sits at a terminal. */
  ask: Ask | undefined
  env: Readonly<Record<string, string | undefined>>
  say: (line: string) => void
  /** `bytes` random bytes in hex. */
  random: (bytes: number) => string
  /** Whether the address answers its health check with 200. */
  isHealthy: (url: string) => Promise<boolean>
  wait: (ms: number) => Promise<void>
}
