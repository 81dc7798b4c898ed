import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { commit, mustChange } from '../../db/batch.ts'
import { upload } from '../../db/schema/files.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { errorFields, log } from '../../lib/log.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { PartsGone } from '../../platform/multipart.ts'
import { doerOf } from '../activity/record.ts'
import { MOST_PATCH } from '../files/rules.ts'
import { createUpload, type NewUpload } from './create.ts'
import { finishUpload } from './finish.ts'
import { enqueueAbort, type Ended } from './jobs.ts'
import { isKnown, uploadOf, type UploadItem, type UploadRow } from './queries.ts'
import { hindranceOf, LEASE } from './rules.ts'
import { own, senderIn, type Sender, type UploadPath } from './sender.ts'
import { BytesLost, LockLost, Writer, type Tools } from './writer.ts'

type Chunks = ReadableStream<Uint8Array> | null

interface Received {
  /** From where the body's bytes go on. */
  offset: number
  /** How many bytes the body has, where its sender says so. */
  length: number | undefined
  body: Chunks
}

const missing: Failure = { kind: 'missing' }
const locked: Failure = { kind: 'locked' }
const elsewhere: Failure = { kind: 'conflict', reason: 'wrong-offset' }

/**
 * Adds what a request carries to an upload, and finishes it with the last byte. A body that breaks off
 * is no failure: what came of it counts.
 */
export async function receive(
  tools: Tools,
  path: UploadPath,
  { offset, length, body }: Received,
): Promise<Result<UploadItem, Failure>> {
  const { ctx } = tools
  const known = senderIn(ctx, path.portal)
  if (!known.ok) return known
  if (length !== undefined && length > MOST_PATCH) {
    return fail({ kind: 'too-large', most: MOST_PATCH })
  }
  const row = await lock(tools, path, known.value, offset)
  if (!row) return hindered(tools, path, known.value, { offset, length, body })
  if (length !== undefined && offset + length > row.size) {
    await unlock(tools, row)
    return fail({ kind: 'too-large', most: row.size - offset })
  }
  try {
    const writer = await Writer.open(tools, row)
    const took = await pour(body, writer)
    if (took !== undefined) {
      await writer.leave()
      return fail(took)
    }
    if (await writer.end()) await finish(tools, row)
  } catch (error) {
    if (error instanceof LockLost) return fail(locked)
    if (!(error instanceof BytesLost || error instanceof PartsGone)) {
      await unlock(tools, row)
      throw error
    }
    await endUpload(tools, row)
    return fail(missing)
  }
  const now = await uploadOf(ctx, path, known.value)
  return now && isKnown(now, tools.clock()) ? ok(now) : fail(missing)
}

/** Everything that comes, until it ends or breaks off; why it was refused midway. */
async function pour(body: Chunks, writer: Writer): Promise<Failure | undefined> {
  if (!body) return undefined
  const reader = body.getReader()
  for (let came = 0; ;) {
    let value: Uint8Array | undefined
    try {
      ;({ value } = await reader.read())
    } catch {
      // Whoever sent it is gone.
      return undefined
    }
    if (value === undefined) return undefined
    const { room } = writer
    came += value.length
    if (came > MOST_PATCH || !(await writer.write(value))) {
      await reader.cancel().catch(() => undefined)
      return { kind: 'too-large', most: came > MOST_PATCH ? MOST_PATCH : room }
    }
  }
}

/** Takes the lock of an upload that stands at this offset, if nobody else has it. */
export async function lock(
  { ctx, clock }: Tools,
  path: UploadPath,
  sender: Sender,
  offset: number,
): Promise<UploadRow | undefined> {
  const now = clock()
  const open = sql`exists (select 1 from ${portal} where portal.id = ${path.portal} and archived_at is null)`
  const [row] = await ctx.db
    .update(upload)
    .set({ lock: newId(now), lockedUntil: now + LEASE })
    .where(
      and(
        own(ctx, path, sender),
        eq(upload.state, 'receiving'),
        eq(upload.offset, offset),
        gt(upload.expiresAt, now),
        or(isNull(upload.lockedUntil), lte(upload.lockedUntil, now)),
        open,
      ),
    )
    .returning()
  return row
}

async function unlock({ ctx }: Tools, row: UploadRow): Promise<void> {
  await ctx.db
    .update(upload)
    .set({ lock: null, lockedUntil: null })
    .where(and(eq(upload.id, row.id), eq(upload.lock, row.lock ?? '')))
}

/** Why it could not be locked. One that has everything already takes nothing more, which is no failure. */
async function hindered(
  { ctx, clock }: Tools,
  path: UploadPath,
  sender: Sender,
  { offset, length, body }: Received,
): Promise<Result<UploadItem, Failure>> {
  const found = await uploadOf(ctx, path, sender)
  if (!found) return fail(missing)
  switch (hindranceOf(found, offset, clock())) {
    case 'over':
      return fail(missing)
    case 'archived':
      return fail({ kind: 'conflict', reason: 'portal-archived' })
    case 'finished':
      return length === 0 || (await isEmpty(body))
        ? ok(found)
        : fail({ kind: 'too-large', most: 0 })
    case 'offset':
      return fail(elsewhere)
    case 'locked':
    // Let go of in this very moment: the next try is let in.
    case undefined:
      return fail(locked)
  }
}

async function isEmpty(body: Chunks): Promise<boolean> {
  if (!body) return true
  const reader = body.getReader()
  const { done } = await reader.read()
  if (!done) await reader.cancel()
  return done
}

/** At once, by whoever brought the last byte; what goes wrong here is the job's to mend. */
export async function finish({ ctx, bucket, clock }: Tools, row: UploadRow): Promise<void> {
  const { id: uploadId, organizationId } = row
  try {
    await finishUpload({ ...ctx, now: clock() }, bucket, {
      uploadId,
      organizationId,
      doer: doerOf(ctx.actor),
    })
  } catch (error) {
    log('warn', 'upload', { upload: uploadId, organization: organizationId, ...errorFields(error) })
  }
}

/**
 * Begins an upload, perhaps with its first bytes; one without any is finished with that. Where more comes
 * than was announced nothing has begun.
 */
export async function beginUpload(
  tools: Tools,
  input: NewUpload,
  first: Omit<Received, 'offset'> = { length: 0, body: null },
): Promise<Result<UploadItem, Failure>> {
  const most = Math.min(input.size, MOST_PATCH)
  if (first.length !== undefined && first.length > most) return fail({ kind: 'too-large', most })
  const made = await createUpload(tools.ctx, input)
  if (!made.ok || made.value.state !== 'receiving') return made
  if (made.value.size > 0 && first.body === null) return made
  const path = { portal: input.portal, upload: made.value.id }
  const received = await receive(tools, path, { ...first, offset: 0 })
  if (received.ok || received.failure.kind !== 'too-large') return received.ok ? received : made
  await terminateUpload(tools, path)
  return received
}

/** Ends an upload, whoever is writing to it. */
export async function endUpload({ ctx }: Tools, row: Ended): Promise<void> {
  await commit(ctx, [
    ctx.db
      .update(upload)
      .set({ state: 'aborted', lock: null, lockedUntil: null })
      .where(
        and(
          eq(upload.id, row.id),
          eq(upload.organizationId, ctx.organization.id),
          eq(upload.state, 'receiving'),
        ),
      ),
    mustChange,
    enqueueAbort(ctx, row),
  ])
}

/** Its sender doesn't want to go on; one that became a file stays. */
export async function terminateUpload(
  tools: Tools,
  path: UploadPath,
): Promise<Result<void, Failure>> {
  const { ctx } = tools
  const known = senderIn(ctx, path.portal)
  if (!known.ok) return known
  const [row] = await ctx.db
    .select()
    .from(upload)
    .where(own(ctx, path, known.value))
  if (!row) return fail(missing)
  if (row.state === 'receiving') await endUpload(tools, row)
  return ok(undefined)
}
