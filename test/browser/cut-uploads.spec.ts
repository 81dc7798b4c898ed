import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { crc32 } from 'node:zlib'
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
