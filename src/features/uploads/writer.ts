import { and, eq, sql } from 'drizzle-orm'
import { crc32 } from 'node:zlib'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { upload, uploadPart } from '../../db/schema/files.ts'
import { organization } from '../../db/schema/organizations.ts'
import { newId } from '../../lib/id.ts'
import {
  abortMultipart,
  beginMultipart,
  deleteObject,
  getBytes,
  putBytes,
  putPart,
} from '../../platform/multipart.ts'
import { doerOf } from '../activity/record.ts'
import { objectKey } from '../files/object.ts'
import { PART, UPLOAD_LIVES } from '../files/rules.ts'
import { contentTypeOf } from './content-type.ts'
import { enqueueFinishing } from './jobs.ts'
import type { UploadRow } from './queries.ts'
import { behindParts, LEASE, RENEWED } from './rules.ts'

export interface Tools {
  ctx: TenantCtx
  bucket: R2Bucket
  /** Milliseconds UTC, now: a body may take longer to come than a verb's one instant. */
  clock: () => number
}

/** Thrown when somebody else has taken the upload over, ended it, or it went with its portal. */
export class LockLost extends Error {}

/** Thrown when bytes that were durable are gone: nothing can be added to them. */
export class BytesLost extends Error {}

/**
 * Writes what comes for one upload, under its lock, re-cut into parts of one size: a whole part goes
 * to R2 and then into D1, in that order, and what is left at the end goes into an object of its own,
 * so that what D1 says is there, is there.
 */
export class Writer {
  readonly #tools: Tools
  readonly #row: UploadRow
  readonly #key: string
  /** The one piece of memory that a request needs; the next file of a form goes on with it. */
  readonly #buffer: Uint8Array
  /** How much of it is filled. */
  #filled = 0
  /** Bytes in whole parts. */
  #whole: number
  /** A multipart upload that D1 doesn't know yet. */
  #begun = false
  /** Of all that was received, whether or not it is durable. */
  #crc: number
  #renewedAt: number

  private constructor(tools: Tools, row: UploadRow, buffer: Uint8Array) {
    this.#tools = tools
    this.#row = row
    this.#key = objectKey(row, row.object)
    this.#buffer = buffer
    this.#crc = row.crc32
    this.#whole = row.offset - behindParts(row.offset, PART)
    this.#renewedAt = tools.clock()
  }

  /** For an upload that is locked; what it has behind its last whole part is fetched first. */
  static async open(
    tools: Tools,
    row: UploadRow,
    buffer: Uint8Array = new Uint8Array(PART),
  ): Promise<Writer> {
    const writer = new Writer(tools, row, buffer)
    const behind = behindParts(row.offset, PART)
    if (behind > 0) {
      const tail =
        row.tail === null ? undefined : await getBytes(tools.bucket, writer.#nameOf(row.tail))
      if (tail?.length !== behind) throw new BytesLost('The end of what was received is not there.')
      writer.#buffer.set(tail)
      writer.#filled = behind
    }
    return writer
  }

  /** Bytes that came so far, of this and of earlier requests. */
  get received(): number {
    return this.#whole + this.#filled
  }

  #nameOf = (tail: string): string => `${this.#key}.${tail}`

  /** How many more were announced. */
  get room(): number {
    return this.#row.size - this.received
  }

  /** Takes bytes; false, and none of them, where there are more than were announced. */
  async write(chunk: Uint8Array): Promise<boolean> {
    if (chunk.length > this.room) return false
    for (let from = 0; from < chunk.length;) {
      // Only now, because the last part is kept until it is clear that nothing comes behind it.
      if (this.#filled === PART) await this.#keepPart()
      const piece = chunk.subarray(from, from + PART - this.#filled)
      this.#buffer.set(piece, this.#filled)
      this.#crc = crc32(piece, this.#crc)
      this.#filled += piece.length
      from += piece.length
    }
    await this.#renew()
    return true
  }

  /**
   * Makes durable what is not, and lets go of the lock. True when that was the last of it, from when
   * on the upload is to be finished. `all` says that there is no more, whatever was announced.
   */
  async end({ all = false } = {}): Promise<boolean> {
    if (all || this.received === this.#row.size) {
      await this.#keepLast()
      return true
    }
    if (this.#filled === PART) await this.#keepPart()
    if (this.received > this.#row.offset) await this.#keepTail()
    else await this.#commit([this.#update({ lock: null, lockedUntil: null }), mustChange])
    return false
  }

  /** Lets go of the lock and of what isn't durable. */
  async leave(): Promise<void> {
    await commit(this.#tools.ctx, [this.#update({ lock: null, lockedUntil: null })])
  }

  async #keepPart(): Promise<void> {
    const part = await this.#put()
    await this.#commit([...this.#advance({}), ...part], () => this.#forgetMultipart())
    this.#whole += PART
    this.#filled = 0
    await this.#dropTail()
  }

  async #keepLast(): Promise<void> {
    const { ctx } = this.#tools
    const reserved = this.#row.size
    const size = this.received
    // What fits into one part needs no multipart upload.
    const single = this.#whole === 0
    if (single) {
      await this.#look()
      await this.#renew()
      await putBytes(this.#tools.bucket, this.#key, this.#bytes)
    }
    const part = single || this.#filled === 0 ? [] : await this.#put()
    await this.#commit(
      [
        ...this.#advance({ state: 'completing', lock: null, lockedUntil: null, size }),
        ...part,
        ...(size === reserved
          ? []
          : [
              ctx.db
                .update(organization)
                .set({ storage: sql`${organization.storage} - ${reserved - size}` })
                .where(eq(organization.id, ctx.organization.id)),
            ]),
        enqueueFinishing(ctx, this.#row, doerOf(ctx.actor), this.#tools.clock()),
      ],
      () => (single ? deleteObject(this.#tools.bucket, this.#key) : this.#forgetMultipart()),
    )
  }

  async #keepTail(): Promise<void> {
    const tail = newId(this.#tools.clock())
    const { bucket } = this.#tools
    await putBytes(bucket, this.#nameOf(tail), this.#bytes)
    const before = this.#row.tail
    await this.#commit(this.#advance({ tail, lock: null, lockedUntil: null }), () =>
      deleteObject(bucket, this.#nameOf(tail)),
    )
    if (before !== null) await deleteObject(bucket, this.#nameOf(before))
  }

  get #bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#filled)
  }

  /** The first part, or all there is, lies in the buffer: what kind of file is it? */
  async #look(): Promise<void> {
    this.#row.contentType = await contentTypeOf(this.#bytes)
  }

  /** Sends the buffer as the next part; the statement that keeps its etag. */
  async #put(): Promise<Statement[]> {
    const { ctx, bucket } = this.#tools
    const number = this.#whole / PART + 1
    await this.#renew()
    if (number === 1) await this.#look()
    if (this.#row.multipart === null) {
      this.#row.multipart = await beginMultipart(bucket, this.#key)
      this.#begun = true
    }
    const at = { key: this.#key, multipart: this.#row.multipart }
    const etag = await putPart(bucket, at, number, this.#bytes)
    return [
      ctx.db
        .insert(uploadPart)
        .values({ uploadId: this.#row.id, number, etag })
        .onConflictDoUpdate({ target: [uploadPart.uploadId, uploadPart.number], set: { etag } }),
    ]
  }

  #update(set: Partial<UploadRow>): Statement {
    const { ctx } = this.#tools
    const { id, lock } = this.#row
    return ctx.db
      .update(upload)
      .set(set)
      .where(
        and(
          eq(upload.id, id),
          eq(upload.organizationId, ctx.organization.id),
          eq(upload.state, 'receiving'),
          eq(upload.lock, lock ?? ''),
        ),
      )
  }

  /** The guarded change that counts all that was received as durable. */
  #advance(more: Partial<UploadRow>): Statement[] {
    const now = this.#tools.clock()
    const { contentType, multipart } = this.#row
    return [
      this.#update({
        offset: this.received,
        crc32: this.#crc,
        contentType,
        multipart,
        tail: null,
        lockedUntil: now + LEASE,
        expiresAt: now + UPLOAD_LIVES,
        ...more,
      }),
      mustChange,
    ]
  }

  async #commit(statements: Statement[], undo?: () => Promise<void>): Promise<void> {
    const written = await commit(this.#tools.ctx, statements)
    if (!written.ok) {
      if (this.#begun) await this.#forgetMultipart()
      else if (undo && (await this.#isOver())) await undo()
      throw new LockLost('The upload belongs to somebody else by now.')
    }
    this.#begun = false
    this.#renewedAt = this.#tools.clock()
    this.#row.offset = this.received
  }

  async #dropTail(): Promise<void> {
    const { tail } = this.#row
    if (tail === null) return
    this.#row.tail = null
    await deleteObject(this.#tools.bucket, this.#nameOf(tail))
  }

  /** A sign of life while bytes come slowly. */
  async #renew(): Promise<void> {
    const now = this.#tools.clock()
    if (now - this.#renewedAt < RENEWED) return
    const renewed = await commit(this.#tools.ctx, [
      this.#update({ lockedUntil: now + LEASE }),
      mustChange,
    ])
    if (!renewed.ok) throw new LockLost('The upload belongs to somebody else by now.')
    this.#renewedAt = now
  }

  /** Whether nobody goes on with it: then nothing of it may stay in the bucket. */
  async #isOver(): Promise<boolean> {
    const { ctx } = this.#tools
    const [row] = await ctx.db
      .select({ state: upload.state })
      .from(upload)
      .where(eq(upload.id, this.#row.id))
    return row === undefined || row.state === 'aborted'
  }

  async #forgetMultipart(): Promise<void> {
    const { multipart } = this.#row
    if (multipart !== null) await abortMultipart(this.#tools.bucket, { key: this.#key, multipart })
  }
}
