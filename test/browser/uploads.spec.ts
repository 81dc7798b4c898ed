import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { crc32 } from 'node:zlib'
import * as tus from 'tus-js-client'
import * as z from 'zod/mini'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { expect, someone, someProject, test } from './support/test.ts'

// What needs real connections, which break: no test inside the runtime has them.

const MIB = 1024 ** 2
const TUS = { 'Tus-Resumable': '1.0.0' }

const view = z.object({ offset: z.number(), state: z.string(), crc32: z.string() })

const stateOf = async (place: string) => view.parse(await (await fetch(place)).json())
const sumOf = (bytes: Uint8Array) => crc32(bytes).toString(16).padStart(8, '0')

async function token(): Promise<string> {
  const { url } = await api.openPortal(someProject('Uploads'), someone())
  return url.slice(-64)
}

async function begin(by: string, size: number): Promise<string> {
  const made = await fetch(at(paths.api.clientUploads(by)), {
    method: 'POST',
    headers: {
      ...TUS,
      'Upload-Length': String(size),
      'Upload-Metadata': `filename ${btoa('cut.bin')}`,
    },
  })
  expect(made.status).toBe(201)
  return made.headers.get('location') ?? ''
}

test('what came before a connection broke is kept, to the byte', async () => {
  const content = randomBytes(20 * MIB)
  const place = await begin(await token(), content.length)
  const { host, hostname, pathname, port } = new URL(place)
  const socket: Socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    [
      `PATCH ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      'Tus-Resumable: 1.0.0',
      'Content-Type: application/offset+octet-stream',
      'Upload-Offset: 0',
      `Content-Length: ${content.length}`,
      '\r\n',
    ].join('\r\n'),
  )
  socket.write(content.subarray(0, 13 * MIB))
  // The last whole part has arrived; what is behind it may still be under way.
  await expect.poll(async () => (await stateOf(place)).offset).toBe(8 * MIB)
  socket.end()
  socket.destroySoon()
  await expect.poll(async () => (await stateOf(place)).offset).toBe(13 * MIB)
  expect((await stateOf(place)).crc32).toBe(sumOf(content.subarray(0, 13 * MIB)))
  const rest = await fetch(place, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(13 * MIB),
    },
    body: content.subarray(13 * MIB),
  })
  expect(rest.status).toBe(204)
  expect(await stateOf(place)).toMatchObject({ state: 'stored', crc32: sumOf(content) })
})

/** Lets two connections through no further than so many bytes. */
async function cutting(to: URL, behind: number) {
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    let came = 0
    near.on('data', (chunk: Buffer) => {
      came += chunk.length
      if (cuts < 2 && came > behind) {
        cuts++
        near.destroy()
        far.destroy()
      } else if (!far.write(chunk)) {
        near.pause()
        far.once('drain', () => near.resume())
      }
    })
    far.on('data', (chunk: Buffer) => near.write(chunk))
    near.on('close', () => far.end())
    far.on('close', () => near.end())
    for (const side of [near, far]) side.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { port, cuts: () => cuts, close: () => server.close() }
}

test('tus-js-client brings a file over a connection that is cut twice', async () => {
  const content = randomBytes(60 * MIB)
  const endpoint = at(paths.api.clientUploads(await token()))
  const proxy = await cutting(new URL(endpoint), 11 * MIB)
  const agent = new Agent()
  agent.createConnection = () => connect(proxy.port, '127.0.0.1')
  const place = await new Promise<string | null>((resolve, reject) => {
    const upload = new tus.Upload(content, {
      endpoint,
      chunkSize: 32 * MIB,
      retryDelays: [200, 500, 1000, 3000, 10_000],
      metadata: { filename: 'Größe.bin', folder: 'Drafts' },
      httpStack: new tus.DefaultHttpStack({ agent }),
      onError: reject,
      onSuccess: () => resolve(upload.url),
    })
    upload.start()
  })
  proxy.close()
  expect(proxy.cuts()).toBe(2)
  expect(await stateOf(place ?? '')).toEqual({
    ...(await stateOf(place ?? '')),
    state: 'stored',
    offset: content.length,
    crc32: sumOf(content),
  })
})
