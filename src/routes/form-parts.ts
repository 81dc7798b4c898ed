import { Busboy, type BusboyInstance } from '@fastify/busboy'

// A form with files, as it comes: formData() would hold all of it in memory.

interface Field {
  name: string
  value: string
}

export interface FilePart {
  name: string
  /** Without the path that some browsers send along; empty where no file was chosen. */
  filename: string
  /** To be read to its end, or destroyed, before what comes behind it. */
  bytes: AsyncIterable<Uint8Array>
}

export type FormPart = Field | FilePart

export class BrokenForm extends Error {}

const limits = { fields: 20, fieldNameSize: 100, fieldSize: 4096, files: 100, headerSize: 16_384 }

/** Says in one way that a file did not come whole. */
async function* unbroken(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of stream) yield chunk
  } catch {
    throw new BrokenForm('A file of the form broke off.')
  }
}

/** The parts of a form in their order, each while the body is still coming. */
export async function* formParts(
  body: ReadableStream<Uint8Array>,
  contentType: string,
): AsyncGenerator<FormPart, void, void> {
  const parser = new Busboy({ headers: { 'content-type': contentType }, limits })
  const waiting: FormPart[] = []
  let file: { destroy(error: Error): unknown } | undefined
  let ended = false
  let broken: Error | undefined
  let wake = () => {}
  const happened = () => wake()
  parser.on('field', (name, value) => {
    waiting.push({ name, value })
    happened()
  })
  parser.on('file', (name, stream, filename) => {
    file = stream
    waiting.push({ name, filename: filename ?? '', bytes: unbroken(stream) })
    happened()
  })
  const fail = (error: Error) => {
    broken ??= new BrokenForm(error.message)
    file?.destroy(broken)
    happened()
  }
  parser.on('error', (error) => fail(error instanceof Error ? error : new Error('It broke off.')))
  parser.on('finish', () => {
    ended = true
    happened()
  })
  const reader = body.getReader()
  const pumped = pump(reader, parser).catch((error: unknown) =>
    fail(error instanceof Error ? error : new Error('It broke off.')),
  )
  try {
    for (;;) {
      const next = waiting.shift()
      if (next) yield next
      else if (broken) throw broken
      else if (ended) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    parser.destroy()
    await pumped
  }
}

/**
 * Gives the parser what comes, no faster than it is taken from it. Once nobody wants more, the rest is
 * read all the same: a browser shows no answer before it has sent everything.
 */
async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  parser: BusboyInstance,
): Promise<void> {
  for (;;) {
    const { value } = await reader.read()
    if (value === undefined) break
    if (parser.destroyed) continue
    if (!parser.write(value)) {
      await new Promise<void>((resolve) => {
        parser.once('drain', () => resolve())
        parser.once('close', () => resolve())
      })
    }
  }
  if (!parser.destroyed) parser.end()
}
