import type { Upload } from 'tus-js-client'
import { Pace } from './pace.ts'
import { forget, hold, printOf, storageOf } from './remembered.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** What one request carries: some of it is lost when the connection is, and the edge takes 100 MB. */
const CHUNK = 32 * 1024 ** 2
/** Between tries (ms): this, then twice as long, up to the longest. */
const FIRST_RETRY = 1000
const LONGEST_RETRY = 30_000
/** A connection that carries nothing for so long (ms) is lost, whatever the browser still thinks of it. */
const SILENCE = 45_000

const NO_CONNECTION: Refusal = { kind: 'wait', words: 'Waiting for the connection…', after: 0 }

export type State =
  /** For its turn. */
  | { kind: 'queued' }
  | { kind: 'sending' }
  /** Goes on by itself. */
  | { kind: 'waiting'; words: string }
  | { kind: 'paused' }
  | { kind: 'failed'; words: string; again: boolean }
  | { kind: 'done' }
  | { kind: 'gone' }

/** Where files go. */
export interface Destination {
  uploads: string
  portal: string
  folder: string
  request: string
  headers: Record<string, string>
}

/** One file on its way. */
export class Transfer {
  readonly file: File
  readonly to: Destination
  readonly #changed: () => void
  readonly #pace = new Pace()
  state: State = { kind: 'queued' }
  sent = 0
  #upload: Upload | undefined
  #release: (() => void) | undefined
  #leave: (() => void) | undefined
  #timer = 0
  #silence = 0
  #failures = 0
  #stale = 0
  /** How much of it was there when it was last begun or gone on with. */
  #from = 0

  constructor(file: File, to: Destination, changed: () => void) {
    this.file = file
    this.to = to
    this.#changed = changed
    addEventListener('online', () => this.#wake())
    addEventListener('offline', () => this.#lost())
  }

  get secondsLeft(): number | undefined {
    return this.#pace.secondsFor(this.file.size - this.sent)
  }

  /** Settles when it takes no room in the queue any more. */
  run(): Promise<void> {
    this.#be({ kind: 'sending' })
    void this.#go()
    return new Promise((resolve) => (this.#leave = resolve))
  }

  async pause(): Promise<void> {
    this.#stop({ kind: 'paused' })
    await this.#upload?.abort()
  }

  /** Away with it, here and at the server. */
  async cancel(): Promise<void> {
    this.#stop({ kind: 'gone' })
    this.#release?.()
    const id = this.#id
    try {
      await this.#upload?.abort(true)
    } catch {
      // The server clears it away by itself in a day.
    }
    if (id !== undefined) forget(this.to.portal, id)
  }

  get #id(): string | undefined {
    return this.#upload?.url?.split('/').at(-1)
  }

  #be(state: State): void {
    this.state = state
    this.#changed()
  }

  #stop(state: State): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#silence)
    this.#be(state)
    this.#leave?.()
  }

  async #go(): Promise<void> {
    this.#from = this.sent
    this.#pace.begin(this.sent, performance.now())
    try {
      this.#upload ??= await this.#begin()
    } catch {
      // What sends could not be loaded.
      if (this.state.kind === 'sending') this.#refused(NO_CONNECTION)
      return
    }
    if (this.state.kind !== 'sending') return
    this.#upload.start()
    this.#listen()
  }

  #listen(): void {
    clearTimeout(this.#silence)
    this.#silence = window.setTimeout(() => this.#lost(), SILENCE)
  }

  /** What is on its way arrives nowhere. */
  #lost(): void {
    if (this.state.kind !== 'sending') return
    void this.#upload?.abort()
    this.#refused(NO_CONNECTION)
  }

  /** Where the server has some of it already, it goes on from there. */
  async #begin(): Promise<Upload> {
    const { Upload } = await import('tus-js-client')
    const { uploads, portal, folder, request, headers } = this.to
    const begun = (id: string) => {
      this.#release?.()
      this.#release = hold(id)
    }
    const upload = new Upload(this.file, {
      endpoint: new URL(uploads, location.href).href,
      chunkSize: CHUNK,
      // Tried again by our own rules: without an end, and at once when the connection is back.
      retryDelays: null,
      headers,
      metadata: {
        filename: this.file.name,
        ...(folder === '' ? {} : { folder }),
        ...(request === '' ? {} : { request }),
      },
      urlStorage: storageOf({ uploads, portal, request, begun }),
      fingerprint: async () => printOf(this.file),
      removeFingerprintOnSuccess: true,
      onProgress: (sent) => this.#progress(sent),
      onError: (error) => void this.#failed(error),
      onSuccess: () => {
        this.sent = this.file.size
        this.#release?.()
        this.#stop({ kind: 'done' })
      },
    })
    const [known] = await upload.findPreviousUploads()
    if (known) {
      upload.resumeFromPreviousUpload(known)
      begun(known.urlStorageKey)
    }
    return upload
  }

  #progress(sent: number): void {
    if (this.state.kind !== 'sending') return
    const now = performance.now()
    // What was there before took no time now.
    if (sent < this.sent || this.sent === this.#from) this.#pace.begin(sent, now)
    else this.#pace.note(sent, now)
    this.sent = sent
    this.#listen()
    this.#changed()
  }

  async #failed(error: Error): Promise<void> {
    if (this.state.kind !== 'sending') return
    const refusal = await refusalOf(error, this.file, this.#stale)
    if (this.state.kind === 'sending') this.#refused(refusal)
  }

  #refused(refusal: Refusal): void {
    if (refusal.kind === 'over') {
      const { words, again } = refusal
      this.#stop({ kind: 'failed', words, again })
      return
    }
    clearTimeout(this.#silence)
    const progressed = this.sent > this.#from
    this.#failures = progressed ? 1 : this.#failures + 1
    this.#stale = progressed ? 0 : this.#stale + 1
    this.#be({ kind: 'waiting', words: refusal.words })
    const pause = Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LONGEST_RETRY)
    this.#timer = window.setTimeout(() => this.#wake(), Math.max(pause, refusal.after))
  }

  /** The next try, by the clock or because the connection is back. */
  #wake(): void {
    if (this.state.kind !== 'waiting') return
    clearTimeout(this.#timer)
    this.#be({ kind: 'sending' })
    void this.#go()
  }
}
