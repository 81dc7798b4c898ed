import { MOST_FORM, PART } from '../features/files/rules.ts'
import { createUploadInput } from '../features/uploads/input.ts'
import { idForForm, receiveWhole } from '../features/uploads/whole.ts'
import type { Tools } from '../features/uploads/writer.ts'
import type { Failure } from '../lib/failure.ts'
import { isId, newId } from '../lib/id.ts'
import { BrokenForm, formParts, type FilePart } from './form-parts.ts'
import { parse, type Values } from './input.ts'

/** What a form needs besides its files: its other fields, and what stands between them. */
const AROUND = 64 * 1024

export type Taken =
  | { ok: true }
  /** With the names of the files before it, which are kept, and the form's fields. */
  | { ok: false; failure: Failure; kept: readonly string[]; values: Values }

const broken: Failure = {
  kind: 'invalid',
  errors: [{ path: 'file', message: 'The file did not arrive whole. Send it once more.' }],
}
const none: Failure = {
  kind: 'invalid',
  errors: [{ path: 'file', message: 'Choose a file first.' }],
}

/**
 * The files of a form, one after another as they come, with what its fields before them say: `id`,
 * `folder` and `request`.
 */
export async function takeFiles(tools: Tools, portal: string, request: Request): Promise<Taken> {
  const values: Values = {}
  const kept: string[] = []
  const refused = (failure: Failure): Taken => ({ ok: false, failure, kept, values })
  const { body, headers } = request
  const type = headers.get('content-type') ?? ''
  const length = Number(headers.get('content-length') ?? MOST_FORM)
  if (length > MOST_FORM + AROUND) return refused({ kind: 'too-large', most: MOST_FORM })
  if (!body || !/^multipart\/form-data;.*boundary=/i.test(type)) return refused(none)
  const buffer = new Uint8Array(PART)
  let left = Math.min(length, MOST_FORM)
  try {
    for await (const part of formParts(body, type)) {
      if (!('bytes' in part)) {
        values[part.name] = part.value
        continue
      }
      // An empty field of files comes along as a file without a name.
      if (part.filename === '') {
        await readOn(part)
        continue
      }
      const one = await takeFile(
        tools,
        { portal, part, values, first: kept.length === 0, left },
        buffer,
      )
      if (one.kind === 'sent-before') return { ok: true }
      if (one.kind === 'refused') return refused(one.failure)
      kept.push(one.name)
      left -= one.size
    }
  } catch (error) {
    if (error instanceof BrokenForm) return refused(broken)
    throw error
  }
  return kept.length === 0 ? refused(none) : { ok: true }
}

async function readOn({ bytes }: FilePart): Promise<void> {
  for await (const chunk of bytes) if (chunk.length > MOST_FORM) return
}

interface One {
  portal: string
  part: FilePart
  values: Values
  first: boolean
  left: number
}

type Became =
  | { kind: 'kept'; name: string; size: number }
  | { kind: 'sent-before' }
  | { kind: 'refused'; failure: Failure }

async function takeFile(
  tools: Tools,
  { portal, part, values, first, left }: One,
  buffer: Uint8Array,
): Promise<Became> {
  const { id: drawn = '', folder = '', request = '' } = values
  const input = parse(createUploadInput, {
    filename: part.filename,
    folder,
    request: request || undefined,
    size: Math.max(0, left),
  })
  if (!input.ok) return { kind: 'refused', failure: { kind: 'invalid', errors: input.errors } }
  for (;;) {
    let id: string | undefined = newId(tools.clock())
    if (first && isId(drawn)) {
      const free = await idForForm(tools, { portal, upload: drawn })
      if (!free.ok) return { kind: 'refused', failure: free.failure }
      id = free.value
    }
    if (id === undefined) return { kind: 'sent-before' }
    const got = await receiveWhole(tools, { ...input.value, id, portal }, part.bytes, buffer)
    if (got.ok) return { kind: 'kept', name: got.value.name, size: got.value.size }
    // The other of two clicks began it in the same moment: see what becomes of that.
    if (got.failure.kind === 'locked' && id === drawn) continue
    return { kind: 'refused', failure: got.failure }
  }
}
