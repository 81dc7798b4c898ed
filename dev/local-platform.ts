import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readConfiguration } from './configuration.ts'
import { statePath } from './state.ts'

// wrangler's getPlatformProxy makes every step of a statement (prepare, bind, run) a message of its own that
// the process stands still for; the demo has thousands of statements. Here each is one message.

const beside = `export default {
  async fetch(request, { DB }) {
    const { how, more, statements } = await request.json()
    const bound = statements.map(({ sql, params }) => DB.prepare(sql).bind(...params))
    try {
      return Response.json(await (how === 'batch' ? DB.batch(bound) : bound[0][how](...more)))
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
  },
}`

type How = 'all' | 'batch' | 'first' | 'raw' | 'run'
type Ask = <T>(how: How, statements: readonly Statement[], ...more: unknown[]) => Promise<T>

class Statement implements D1PreparedStatement {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly #ask: Ask

  constructor(ask: Ask, sql: string, params: readonly unknown[] = []) {
    this.#ask = ask
    this.sql = sql
    this.params = params
  }

  bind(...params: unknown[]): Statement {
    return new Statement(this.#ask, this.sql, params)
  }

  run<T>(): Promise<D1Result<T>> {
    return this.#ask('run', [this])
  }

  all<T>(): Promise<D1Result<T>> {
    return this.#ask('all', [this])
  }

  first<T>(...column: string[]): Promise<T | null> {
    return this.#ask('first', [this], ...column)
  }

  raw<T>(options: { columnNames: true }): Promise<[string[], ...T[]]>
  raw<T>(options?: { columnNames?: false }): Promise<T[]>
  raw(...options: unknown[]): Promise<unknown> {
    return this.#ask('raw', [this], ...options)
  }
}

class LocalD1 implements D1Database {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  prepare(sql: string): Statement {
    return new Statement(this.#ask, sql)
  }

  batch<T>(statements: Statement[]): Promise<D1Result<T>[]> {
    return this.#ask('batch', statements)
  }

  exec(): never {
    return unused()
  }

  withSession(): never {
    return unused()
  }

  dump(): never {
    return unused()
  }
}

function unused(): never {
  throw new Error('Nothing here asks D1 that way.')
}

export interface Platform {
  db: D1Database
  bucket: R2Bucket
  close: () => Promise<void>
}

/** The local database and bucket, while the app itself does not run. */
export async function openPlatform(): Promise<Platform> {
  const { database, bucket } = readConfiguration()
  const flare = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: statePath.platform,
      modules: true,
      script: beside,
      d1Databases: { DB: database },
      r2Buckets: { BUCKET: bucket },
    }),
  )
  const ask: Ask = async (how, statements, ...more) => {
    const body = JSON.stringify({ how, statements, more })
    const answer = await flare.dispatchFetch('http://platform', { method: 'POST', body })
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
    return JSON.parse(text)
  }
  const { BUCKET } = await flare.getBindings<{ BUCKET: R2Bucket }>()
  return {
    db: new LocalD1(ask),
    bucket: BUCKET,
    close: () => flare.dispose(),
  }
}
