import { keepVersion, saveMilestone, versionOf, type Milestone } from './save-milestone.ts'

/** How long (ms) a slider rests before it is saved. */
const PAUSE = 500
/** Between tries: this, then twice as long, up to the longest. */
const FIRST_RETRY = 1000
const LONGEST_RETRY = 30_000

/**
 * `<progress-slider>` around the form of one slider: it saves by itself. One save is under way at a
 * time, and each names the version of the answer before it, so that none can write over a newer one,
 * of this tab or another. What could not be saved is kept and tried again.
 */
class ProgressSlider extends HTMLElement {
  #slider!: HTMLInputElement
  #row!: HTMLElement
  /** What the server has, as far as this page knows. */
  #saved = 0
  /** What is still to be saved. */
  #wanted: number | undefined
  /** What was sent since the last answer, and may have arrived. */
  #tried: number[] = []
  #saving = false
  #asking = false
  #failures = 0
  #timer = 0

  connectedCallback(): void {
    const slider = this.querySelector<HTMLInputElement>('input[type=range]')
    const row = this.closest('li')
    // Moved with its row to another place of the order: it is at work already.
    if (!slider || !row || this.dataset['ready'] !== undefined) return
    this.#slider = slider
    this.#row = row
    this.dataset['ready'] = ''
    this.#saved = Number(this.dataset['progress'])
    for (const part of this.querySelectorAll<HTMLElement>('[data-save]')) part.hidden = true
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault()
      event.stopPropagation()
      this.#soon(0)
    })
    slider.addEventListener('input', () => {
      this.#show(slider.valueAsNumber)
      this.#wanted = slider.valueAsNumber
      this.#soon(PAUSE)
    })
    addEventListener('online', () => this.#again())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#again()
    })
    addEventListener('pagehide', () => this.#soon(-1))
    addEventListener('beforeunload', (event) => {
      if (this.#failures > 0 || (this.#saving && this.#wanted !== undefined)) event.preventDefault()
    })
  }

  get #approvedBy(): string | undefined {
    return this.dataset['approved']
  }

  #show(progress: number): void {
    this.#slider.value = String(progress)
    this.#slider.setAttribute('aria-valuetext', `${progress}%`)
    const number = this.querySelector('output')
    if (number) number.textContent = `${progress}%`
  }

  #say(words: string, tone: '' | 'teal' | 'amber' | 'red' = ''): void {
    const said = this.querySelector<HTMLElement>('[data-said]')
    if (!said || said.textContent === words) return
    said.textContent = words
    said.className = tone
    const brief = words.length < 10
    if (said.parentElement) said.parentElement.dataset['words'] = brief ? 'brief' : 'long'
  }

  /** A connection that is back, or eyes on the page again, end the wait. */
  #again(): void {
    if (this.#failures > 0) this.#soon(0)
  }

  /** At once for less than nothing: a page that is left runs no timers. */
  #soon(pause: number): void {
    clearTimeout(this.#timer)
    if (pause < 0) void this.#save()
    else this.#timer = window.setTimeout(() => void this.#save(), pause)
  }

  async #save(reopen = false): Promise<void> {
    if (this.#saving || this.#asking || this.#wanted === undefined) return
    if (this.#wanted === this.#saved && this.#failures === 0) {
      this.#wanted = undefined
      return
    }
    if (this.#approvedBy !== undefined && !reopen) {
      this.#ask(this.#approvedBy)
      return
    }
    const progress = this.#wanted
    this.#wanted = undefined
    this.#saving = true
    if (this.#failures === 0) this.#say('Saving…')
    const version = versionOf(this.#row)
    const outcome = await saveMilestone(this.#row, {
      version,
      progress,
      ...(reopen ? { reopen } : {}),
    })
    this.#saving = false
    if (outcome.kind === 'saved') return this.#keep(outcome.now)
    if (outcome.kind === 'conflict') return this.#settle(progress, version, outcome)
    if (outcome.kind === 'refused') return this.#giveUp(outcome.words)
    this.#tried.push(progress)
    // Kept, unless the slider has moved on since.
    this.#wanted ??= progress
    this.#failures++
    this.#say(
      outcome.kind === 'signed-out'
        ? 'Not saved: you are signed out. Sign in in another tab, and this is saved.'
        : 'Not saved, trying again',
      'amber',
    )
    const pause = Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LONGEST_RETRY)
    this.#soon(Math.max(pause, outcome.kind === 'failed' ? outcome.after : 0))
  }

  #keep(now: Milestone): void {
    keepVersion(this.#row, now)
    this.#saved = now.progress
    this.#tried = []
    this.#failures = 0
    if (now.approval?.state === 'approved') this.dataset['approved'] = now.approval.by
    else this.#reopened()
    this.#sum()
    if (this.#wanted === undefined) this.#say('Saved ✓', 'teal')
    else this.#soon(PAUSE)
  }

  #reopened(): void {
    if (this.#approvedBy === undefined) return
    delete this.dataset['approved']
    this.#row.querySelector('.ms-what small.teal')?.remove()
  }

  /** Somebody was there first. What they set is never written over unseen. */
  #settle(
    progress: number,
    version: number,
    { now, by, words }: { now: Milestone; by: string | null; words: string },
  ): void {
    const { approval } = now
    const approved = approval?.state === 'approved'
    // The answer to an earlier try was lost, and the try was not.
    if (now.progress === progress) return this.#keep(now)
    keepVersion(this.#row, now)
    if (now.version === version && !approved) return this.#giveUp(words)
    if (now.progress === this.#saved || this.#tried.includes(now.progress)) {
      // Nobody else has moved it: its title, its place or its sign-off is what changed, or a try arrived
      // whose answer did not.
      this.#wanted ??= progress
      this.#saved = now.progress
      if (approved) this.dataset['approved'] = approval.by
      this.#soon(0)
      return
    }
    this.#keep(now)
    this.#wanted = undefined
    clearTimeout(this.#timer)
    this.#show(now.progress)
    const who = by === null ? 'It was changed' : `${by} moved it`
    this.#say(`${who} to ${now.progress}% meanwhile. Your ${progress}% was not saved.`, 'amber')
  }

  #giveUp(words: string): void {
    this.#wanted = undefined
    this.#failures = 0
    clearTimeout(this.#timer)
    this.#show(this.#saved)
    this.#say(words, 'red')
  }

  /** Asks before an approval is taken back; "no" puts the slider where it was. */
  #ask(by: string): void {
    const dialog = document.getElementById('reopen')
    if (!(dialog instanceof HTMLDialogElement)) return this.#giveUp('It is approved.')
    if (dialog.open) return this.#soon(PAUSE)
    this.#asking = true
    const title = this.#row.querySelector('.ms-what b')?.textContent ?? ''
    for (const part of dialog.querySelectorAll('[data-by]')) part.textContent = by
    for (const part of dialog.querySelectorAll('[data-title]')) part.textContent = title
    dialog.returnValue = ''
    // Not a form that is on its way: it may be answered again.
    dialog.querySelector('form')?.addEventListener('submit', (event) => event.stopPropagation(), {
      once: true,
    })
    dialog.addEventListener(
      'close',
      () => {
        this.#asking = false
        if (dialog.returnValue === 'reopen') return void this.#save(true)
        this.#wanted = undefined
        this.#show(this.#saved)
        this.#say('Still approved', 'teal')
      },
      { once: true },
    )
    dialog.showModal()
  }

  /** The portal's progress follows its sliders, as the server counts it. */
  #sum(): void {
    const shown = document.querySelector('[data-overall]')
    const plan = this.closest('[data-plan]')
    if (!shown || !plan) return
    let weights = 0
    let done = 0
    for (const slider of plan.querySelectorAll<ProgressSlider>('progress-slider')) {
      const weight = Number(slider.closest('li')?.dataset['weight'])
      weights += weight
      done += weight * slider.#saved
    }
    shown.textContent = `${Math.floor(done / weights)}%`
  }
}

customElements.define('progress-slider', ProgressSlider)
