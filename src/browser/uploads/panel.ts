import { discard, leftAt, type Left } from './left.ts'
import { dequeue, enqueue, whenIdle } from './queue.ts'
import { refreshFiles } from './refresh.ts'
import { printOf } from './remembered.ts'
import { Row, type Act, type Look } from './row.ts'
import { Transfer, type Destination } from './transfer.ts'
import { countWords, leftWords, nameWords, shareWords, sizeWords } from './words.ts'

/** What was chosen or dropped. */
export interface Dropped {
  file: File
  /** A folder, of which the browser hands over the name alone. */
  folder: boolean
}

export interface Uploads {
  add: (files: readonly Dropped[]) => void
}

/** How often (ms) the words of a row change while it is being sent. */
const CALM = 1000

/** Beneath its form, the files that are on their way from it. */
class Panel implements Uploads {
  readonly #host: HTMLElement
  readonly #list = document.createElement('ul')
  readonly #status = document.createElement('p')
  readonly #rows = new Map<Transfer, Row>()
  readonly #left = new Map<string, Row>()
  /** When the words of a row last changed, so that they can be read. */
  readonly #spoke = new Map<Transfer, { at: number; words: string }>()
  #uploaded: string[] = []
  /** What was last said of a connection. */
  #held = 'nothing yet'

  constructor(host: HTMLElement) {
    this.#host = host
    this.#list.className = 'ups'
    this.#list.setAttribute('aria-label', 'Uploads')
    this.#list.hidden = true
    this.#status.className = 'ups-said'
    this.#status.setAttribute('role', 'status')
    host.append(this.#list, this.#status)
    whenIdle(() => void this.#settle())
    void this.#showLeft()
  }

  add(files: readonly Dropped[]): void {
    const to = this.#destination()
    for (const { file, folder } of files) {
      if (folder) this.#refuse(file.name)
      else if (!this.#isUnderWay(file, to)) this.#begin(file, to)
    }
    this.#sayHowMany()
  }

  #sayHowMany(): void {
    const states = [...this.#rows.keys()].map(({ state }) => state.kind)
    const count = states.filter((kind) => kind === 'sending' || kind === 'queued').length
    if (count > 0) this.#say(`Uploading ${countWords(count)}.`)
  }

  /** As the form says at this moment. */
  #destination(): Destination {
    const { uploads = '', portal = '', organization } = this.#host.dataset
    const form = this.#host.querySelector('form')
    const field = (name: string) =>
      form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? ''
    const headers: Record<string, string> =
      organization === undefined ? {} : { 'x-organization': organization }
    return { uploads, portal, folder: field('folder'), request: field('request'), headers }
  }

  #isUnderWay(file: File, { folder }: Destination): boolean {
    return [...this.#rows.keys()].some(
      ({ file: other, to, state }) =>
        state.kind !== 'done' && to.folder === folder && printOf(other) === printOf(file),
    )
  }

  #begin(file: File, to: Destination): void {
    const print = printOf(file)
    for (const [id, row] of this.#left) {
      if (row.element.dataset['print'] !== print) continue
      this.#left.delete(id)
      this.#remove(row)
      break
    }
    const transfer = new Transfer(file, to, () => this.#changed(transfer))
    const row = new Row(file.name, (act) => this.#act(transfer, act))
    this.#rows.set(transfer, row)
    this.#show(row)
    this.#changed(transfer)
    enqueue(transfer)
  }

  #refuse(name: string): void {
    const row = new Row(name, () => this.#remove(row))
    const words = 'This is a folder. Drop the files that are in it.'
    row.draw({ ...nothing, state: 'failed', words, tone: 'red', cancelLabel: 'Remove' })
    this.#show(row)
    this.#say(`${nameWords(name)}: ${words}`)
  }

  #show(row: Row): void {
    this.#list.append(row.element)
    this.#list.hidden = false
  }

  /** Whoever stood on it stands at the form then. */
  #remove(row: Row): void {
    const focused = row.element.contains(document.activeElement)
    row.element.remove()
    this.#list.hidden = this.#list.children.length === 0
    if (focused) this.#host.querySelector<HTMLElement>('input[type=file]')?.focus()
  }

  #say(words: string): void {
    if (this.#status.textContent !== words) this.#status.textContent = words
  }

  /** A request that was answered is gone, and this with it: then it is said at the files, below all requests. */
  #sayAtLast(words: string): void {
    if (!this.#host.isConnected) {
      ;[...document.querySelectorAll('file-drop')].at(-1)?.append(this.#status)
    }
    this.#say(words)
  }

  #act(transfer: Transfer, act: Act): void {
    // Before anything else: its turn may come in the meantime.
    dequeue(transfer)
    if (act === 'pause') void transfer.pause()
    else if (act === 'cancel') void transfer.cancel()
    else {
      transfer.state = { kind: 'queued' }
      this.#changed(transfer)
      enqueue(transfer)
    }
  }

  #changed(transfer: Transfer): void {
    const row = this.#rows.get(transfer)
    if (!row) return
    const { state, file } = transfer
    if (state.kind === 'gone') {
      this.#rows.delete(transfer)
      this.#spoke.delete(transfer)
      this.#remove(row)
      return
    }
    const look = lookOf(transfer)
    row.draw(state.kind === 'sending' ? { ...look, words: this.#calm(transfer, look.words) } : look)
    if (state.kind === 'done' && !this.#uploaded.includes(file.name)) this.#uploaded.push(file.name)
    if (state.kind === 'failed') this.#say(`${nameWords(file.name)}: ${state.words}`)
    if (state.kind === 'waiting') this.#say((this.#held = state.words))
    if (state.kind === 'sending' && this.#status.textContent === this.#held) this.#sayHowMany()
  }

  #calm(transfer: Transfer, words: string): string {
    const now = performance.now()
    const last = this.#spoke.get(transfer)
    if (last && now - last.at < CALM) return last.words
    this.#spoke.set(transfer, { at: now, words })
    return words
  }

  /** Nothing is on its way: what is uploaded stands in the list, and needs no row. */
  async #settle(): Promise<void> {
    const done = [...this.#rows].filter(([{ state }]) => state.kind === 'done')
    if (done.length === 0) return
    await refreshFiles()
    for (const [transfer, row] of done) {
      this.#rows.delete(transfer)
      this.#spoke.delete(transfer)
      this.#remove(row)
    }
    const [first, ...more] = this.#uploaded
    this.#uploaded = []
    this.#sayAtLast(
      more.length > 0 ? `${countWords(more.length + 1)} are uploaded.` : `${first} is uploaded.`,
    )
  }

  async #showLeft(): Promise<void> {
    const to = this.#destination()
    for (const left of await leftAt(to)) {
      if (this.#isShown(left)) continue
      const row = new Row(left.name, (act) => {
        if (act === 'choose') {
          this.#host.querySelector<HTMLInputElement>('input[type=file]')?.click()
          return
        }
        this.#left.delete(left.id)
        this.#remove(row)
        void discard(to, left.id)
      })
      row.element.dataset['print'] = left.print
      row.draw({
        state: 'left',
        sent: left.offset,
        size: left.size,
        words: `${shareWords(left.offset, left.size)} are here. Choose the same file again to go on.`,
        tone: 'amber',
        acts: ['choose', 'cancel'],
        cancelLabel: 'Discard',
      })
      this.#left.set(left.id, row)
      this.#show(row)
    }
  }

  /** Chosen again before the server had answered. */
  #isShown({ print }: Left): boolean {
    return [...this.#rows.keys()].some(({ file }) => printOf(file) === print)
  }
}

const nothing: Look = { state: '', sent: 0, size: 1, words: '', acts: ['cancel'] }

function lookOf({ file: { size }, sent, state, secondsLeft }: Transfer): Look {
  const share = shareWords(sent, size)
  const look = { ...nothing, state: state.kind, sent, size }
  switch (state.kind) {
    case 'queued':
      return {
        ...look,
        words: sent > 0 ? `${share} · waits its turn` : `${sizeWords(size)} · waits its turn`,
      }
    case 'sending': {
      const words = secondsLeft === undefined ? share : `${share} · ${leftWords(secondsLeft)}`
      return { ...look, words, acts: ['pause', 'cancel'] }
    }
    case 'waiting':
      return {
        ...look,
        words: `${state.words} ${share}`,
        tone: 'amber',
        acts: ['pause', 'cancel'],
      }
    case 'paused':
      return { ...look, words: `Paused · ${share}`, acts: ['resume', 'cancel'] }
    case 'failed':
      return {
        ...look,
        words: state.words,
        tone: 'red',
        acts: state.again ? ['again', 'cancel'] : ['cancel'],
        cancelLabel: 'Remove',
      }
    default:
      return { ...look, words: `${sizeWords(size)} · uploaded`, tone: 'teal', acts: [] }
  }
}

export const openUploads = (host: HTMLElement): Uploads => new Panel(host)
