// Large files up, down and out as an archive, on the runtime itself: how fast beside a bare object, and what
// it takes of memory. Reported, never a gate. `npm run bench -- 300` takes files of 300 MB.

import { once } from 'node:events'
import { get, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { performance } from 'node:perf_hooks'
import { crc32 } from 'node:zlib'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { choosePort } from '../dev/ports.ts'

const MB = 1024 ** 2
const megabytes = Number(process.argv[2] ?? 100)
const size = megabytes * MB
const ROUNDS = 5

const token = 'a'.repeat(64)
const organization = '0197a000-0000-7000-8000-000000000001'
const portal = '0197a000-0000-7000-8000-000000000002'
const file = '0197a000-0000-7000-8000-000000000003'
const key = `${organization}/${portal}/${file}/${file}`

async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['bench/worker.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['cloudflare:*', 'node:*', ...builtinModules],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

// The app answers at the one address that it knows, so that has to be known before it starts.
const port = await choosePort(0)
const flare = new Miniflare(
  convertV4MiniflareOptions({
    port,
    modules: true,
    script: await script(),
    compatibilityDate: '2026-08-01',
    compatibilityFlags: ['nodejs_compat'],
    d1Databases: ['DB'],
    r2Buckets: ['BUCKET'],
    ratelimits: Object.fromEntries(
      ['BURSTS_BY_ADDRESS', 'BURSTS_BY_EMAIL', 'BURSTS_BY_CALLER', 'FAILURES_BY_NETWORK'].map(
        (name) => [name, { namespace_id: name, simple: { limit: 100_000, period: 60 as const } }],
      ),
    ),
    bindings: {
      APP_URL: `http://127.0.0.1:${port}`,
      AUTH_SECRET: 'x'.repeat(32),
      LINK_SECRET: `k1:${'x'.repeat(64)}`,
      SENDGRID_API_KEY: 'SG.bench',
      MAIL_FROM: 'bench@studio.example',
      FIRST_OWNER: 'bench@studio.example',
    },
  }),
)
const url = await flare.ready

/** One portal with one link and two files, which are the same object. */
async function fill(bytes: Buffer): Promise<void> {
  const db = await flare.getD1Database('DB')
  for (const name of readdirSync('migrations')
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const sql = readFileSync(`migrations/${name}`, 'utf8')
    for (const statement of sql.split('--> statement-breakpoint')) {
      if (statement.trim() !== '') await db.prepare(statement).run()
    }
  }
  const hash = createHash('sha256').update(token).digest('hex')
  const run = (sql: string, ...params: (string | number)[]) =>
    db
      .prepare(sql)
      .bind(...params)
      .run()
  await run(
    `insert into organization (id, slug, name, time_zone, locale, currency, created_at) values (?, 'bench', 'Bench', 'UTC', 'en', 'EUR', 0)`,
    organization,
  )
  await run(
    `insert into portal (id, organization_id, project, client, currency, created_at, last_activity_at) values (?, ?, 'Bench', 'Bench', 'EUR', 0, 0)`,
    portal,
    organization,
  )
  await run(
    `insert into contact (id, organization_id, portal_id, name, email, created_at) values ('c', ?, ?, 'C', 'c@c.example', 0)`,
    organization,
    portal,
  )
  await run(
    `insert into link (id, organization_id, portal_id, contact_id, scope, version, key, created_at) values ('l', ?, ?, 'c', 'all', 1, 'k1', 0)`,
    organization,
    portal,
  )
  await run(`insert into link_token (hash, link_id, created_at) values (?, 'l', 0)`, hash)
  for (const id of [file, file.replace(/3$/, '4')]) {
    const facts = [id, organization, portal, bytes.length] as const
    await run(
      `insert into file (id, organization_id, portal_id, size, name, version, latest, content_type, source, by_id, by, created_at) values (?, ?, ?, ?, ?, 1, ?, 'video/mp4', 'team', 'x', 'X', 1795000000000)`,
      ...facts,
      id,
      id,
    )
    await run(
      `insert into file_version (id, organization_id, portal_id, size, file_id, version, object, content_type, crc32, source, by_id, by, created_at) values (?, ?, ?, ?, ?, 1, ?, 'video/mp4', ?, 'team', 'x', 'X', 1795000000000)`,
      ...facts,
      id,
      `${file}/${file}`,
      crc32(bytes),
    )
  }
  const bucket = await flare.getR2Bucket('BUCKET')
  // In parts: as a whole it would leave the runtime large before anything is measured.
  const upload = await bucket.createMultipartUpload(key)
  const parts = []
  for (let at = 0; at < bytes.length; at += 8 * MB) {
    parts.push(await upload.uploadPart(parts.length + 1, bytes.subarray(at, at + 8 * MB)))
  }
  await upload.complete(parts)
}

/** The runtime's process: a child of ours. */
function runtime(): string {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
      return (
        parent === String(process.pid) &&
        readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd')
      )
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error('The runtime is not among our processes.')
  return found
}

const memory = (pid: string, field: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) /
  1024

interface Run {
  speed: number
  growth: number
  peak: number
}

/** Sends bytes in pieces, as a slow reader would take them. */
async function send(
  method: string,
  to: string,
  headers: OutgoingHttpHeaders,
  bytes: Buffer,
): Promise<IncomingHttpHeaders> {
  const asking = request(new URL(to, url).href, { method, headers, agent: false })
  for (let at = 0; at < bytes.length; at += MB) {
    if (!asking.write(bytes.subarray(at, at + MB))) await once(asking, 'drain')
  }
  asking.end()
  const [answer] = await once(asking, 'response')
  answer.resume()
  await once(answer, 'end')
  if (answer.statusCode >= 300) throw new Error(`Answered with ${answer.statusCode}.`)
  return answer.headers
}

const CHUNK = 32 * MB
const TUS = { 'tus-resumable': '1.0.0' }

/** As the page does it. */
async function upload(bytes: Buffer): Promise<void> {
  const { location = '' } = await send(
    'POST',
    `/api/portal/${token}/uploads`,
    { ...TUS, 'upload-length': size, 'upload-metadata': `filename ${btoa('up.bin')}` },
    Buffer.alloc(0),
  )
  for (let at = 0; at < size; at += CHUNK) {
    const part = bytes.subarray(at, at + CHUNK)
    const headers = {
      ...TUS,
      'upload-offset': at,
      'content-type': 'application/offset+octet-stream',
      'content-length': part.length,
    }
    await send('PATCH', location, headers, part)
  }
}

async function measureUp(pid: string, up: () => Promise<unknown>): Promise<Run> {
  const before = memory(pid, 'VmRSS')
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const began = performance.now()
  await up()
  const seconds = (performance.now() - began) / 1000
  const peak = memory(pid, 'VmHWM')
  return { speed: megabytes / seconds, growth: peak - before, peak }
}

async function measure(pid: string, path: string): Promise<Run> {
  const before = memory(pid, 'VmRSS')
  // Lets the highest mark begin anew.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const began = performance.now()
  // A connection for each, as a browser's download has.
  const [answer] = await once(get(new URL(path, url).href, { agent: false }), 'response')
  if (answer.statusCode !== 200) throw new Error(`Answered with ${answer.statusCode}.`)
  let bytes = 0
  for await (const chunk of answer) bytes += chunk.length
  const seconds = (performance.now() - began) / 1000
  if (bytes < size) throw new Error('It came short.')
  return {
    speed: bytes / MB / seconds,
    growth: memory(pid, 'VmHWM') - before,
    peak: memory(pid, 'VmHWM'),
  }
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** How each kind went, beside the one that is the floor. */
function report(title: string, runs: Map<string, Run[]>): void {
  const floor = median([...runs.values()][0]?.map(({ speed }) => speed) ?? [])
  console.log(`${title} of ${megabytes} MB, medians of ${ROUNDS} rounds\n`)
  console.table(
    Object.fromEntries(
      [...runs].map(([kind, all]) => {
        const speed = median(all.map(({ speed }) => speed))
        return [
          kind,
          {
            'MB/s': Math.round(speed),
            'of bare': (speed / floor).toFixed(2),
            'peak of memory (MB)': Math.round(Math.max(...all.map(({ peak }) => peak))),
            'memory grew by (MB), at most': Math.round(
              Math.max(...all.map(({ growth }) => growth)),
            ),
          },
        ]
      }),
    ),
  )
}

try {
  const content = Buffer.concat(Array.from({ length: megabytes }, () => randomBytes(MB)))
  await fill(content)
  const pid = runtime()
  const ups = {
    'a bare object': () => send('PUT', '/bare?key=up', { 'content-length': size }, content),
    'an upload': () => upload(content),
  }
  const upRuns = new Map<string, Run[]>()
  for (const up of Object.values(ups)) await up()
  for (let round = 0; round < ROUNDS; round++) {
    for (const [kind, up] of Object.entries(ups)) {
      upRuns.set(kind, [...(upRuns.get(kind) ?? []), await measureUp(pid, up)])
    }
  }
  report('Up: files', upRuns)
  const kinds = {
    'a bare object': `/bare?key=${encodeURIComponent(key)}`,
    'a file': `/portal/${token}/files/${file}/content`,
    'an archive of two': `/portal/${token}/files.zip`,
  }
  const runs = new Map<string, Run[]>()
  for (const path of Object.values(kinds)) await measure(pid, path)
  // Interleaved, so that what else the machine does falls on all alike.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [kind, path] of Object.entries(kinds)) {
      runs.set(kind, [...(runs.get(kind) ?? []), await measure(pid, path)])
    }
  }
  report('Down: files', runs)
} finally {
  await flare.dispose()
}
