import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DefaultHttpStack, Upload } from 'tus-js-client'
import * as z from 'zod/mini'
import { paths } from '../../src/paths.ts'
import { api, call } from './support/api.ts'
import { writeNoise } from './support/big-file.ts'
import { cutLine, type Line } from './support/cut.ts'
import { at, demo } from './support/demo.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const MIB = 1024 ** 2
const SIZE = 300

const file = z.object({ id: z.string(), name: z.string(), size: z.number(), source: z.string() })
const list = z.object({ items: z.array(file) })

/** Sends a file as any program would; what was asked comes back, line by line. */
function send(path: string, endpoint: string, line: Line): Promise<string[]> {
  const asked: string[] = []
  return new Promise((resolve, reject) => {
    const upload = new Upload(createReadStream(path), {
      endpoint,
      chunkSize: 32 * MIB,
      retryDelays: [200, 500, 1000, 2000, 4000, 8000],
      metadata: { filename: 'menu-photos.zip', filetype: 'application/zip' },
      httpStack: new DefaultHttpStack({ agent: line.agent }),
      onBeforeRequest: (request) => {
        asked.push(`${request.getMethod()} ${request.getHeader('Upload-Offset') ?? ''}`.trim())
      },
      onSuccess: () => resolve(asked),
      onError: reject,
    })
    upload.start()
  })
}

test('300 MB arrive whole, over a connection that is cut twice', async () => {
  test.setTimeout(180_000)
  const path = test.info().outputPath('noise')
  const portal = await api.openPortal(someProject('Much'), someone('Max Load'))
  const token = new URL(portal.url).pathname.split('/').at(-1) ?? ''
  const sent = await writeNoise(path, SIZE)
  const line = await cutLine(new URL(demo().url), [75 * MIB, 190 * MIB])

  const asked = await send(path, at(paths.api.clientUploads(token)), line)
  expect(line.cuts()).toBe(2)
  await line.close()
  expect(asked[0]).toBe('POST')
  expect(asked).toContain('HEAD')
  // It went on from where it stood, and was never begun anew.
  expect(asked.filter((each) => each === 'POST')).toHaveLength(1)
  expect(asked.filter((each) => each === 'PATCH 0')).toHaveLength(1)

  const { items } = list.parse(await call('GET', paths.api.files(portal.id)))
  const stored = { name: 'menu-photos.zip', size: SIZE * MIB, source: 'client' }
  expect(items).toEqual([expect.objectContaining(stored)])
  const content = await fetch(at(paths.api.fileAction(portal.id, items[0]?.id ?? '', 'content')), {
    headers: { authorization: `Bearer ${demo().apiKey}` },
  })
  expect(content.status).toBe(200)
  const hash = createHash('sha256')
  for await (const bytes of content.body ?? []) hash.update(bytes)
  expect(hash.digest('hex')).toBe(sent)
})
