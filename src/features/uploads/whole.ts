import { MOST_FORM } from '../files/rules.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { createUpload, type NewUpload } from './create.ts'
import { uploadOf, type UploadItem } from './queries.ts'
import { endUpload, finish, lock } from './receive.ts'
import { senderIn, type UploadPath } from './sender.ts'
import { LockLost, Writer, type Tools } from './writer.ts'

// Files that come whole, by a form: how long one is shows at its end. Until then it takes as much room
// as it can become.

const missing: Failure = { kind: 'missing' }

/**
 * Takes a file that comes in one go, of `size` bytes at most. One that breaks off is forgotten: no form
 * goes on where it stopped.
 */
export async function receiveWhole(
  tools: Tools,
  input: NewUpload,
  bytes: AsyncIterable<Uint8Array>,
  buffer: Uint8Array,
): Promise<Result<UploadItem, Failure>> {
  const known = senderIn(tools.ctx, input.portal)
  if (!known.ok) return known
  const made = await createUpload(tools.ctx, input)
  if (!made.ok) return made
  const path = { portal: input.portal, upload: made.value.id }
  const row = await lock(tools, path, known.value, 0)
  if (!row) return fail({ kind: 'locked' })
  try {
    const writer = await Writer.open(tools, row, buffer)
    for await (const chunk of bytes) {
      if (await writer.write(chunk)) continue
      await endUpload(tools, row)
      return fail({ kind: 'too-large', most: MOST_FORM })
    }
    await writer.end({ all: true })
  } catch (error) {
    // Some of the bytes are read by now, so there is no second try.
    if (error instanceof LockLost) {
      return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
    }
    await endUpload(tools, row)
    throw error
  }
  await finish(tools, row)
  const now = await uploadOf(tools.ctx, path, known.value)
  return now && now.state !== 'aborted' ? ok(now) : fail(missing)
}

/** How often, and how many times (ms), a second click looks what became of the first. */
const LOOKS = 60
const EVERY = 250
/** Looks at an upload that nobody writes to, until it counts as left behind. */
const IDLE = 8

/**
 * The id that a form's first file gets: the one chosen when the form was drawn, so that a second click
 * sends nothing twice; `undefined` when the first one has brought it. A browser drops the first
 * request of a double click, and what was left of that is ended here.
 */
export async function idForForm(
  tools: Tools,
  path: UploadPath,
): Promise<Result<string | undefined, Failure>> {
  const known = senderIn(tools.ctx, path.portal)
  if (!known.ok) return known
  let idle = 0
  for (let look = 0; look < LOOKS; look++) {
    const before = await uploadOf(tools.ctx, path, known.value)
    if (!before) return ok(path.upload)
    if (before.state === 'aborted') return ok(newId(tools.clock()))
    if (before.state !== 'receiving') return ok(undefined)
    idle = (before.lockedUntil ?? 0) > tools.clock() ? 0 : idle + 1
    if (idle >= IDLE) {
      await endUpload(tools, before)
      return ok(newId(tools.clock()))
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
  return fail({ kind: 'locked' })
}
