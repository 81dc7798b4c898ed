import { nameWords } from './words.ts'

/** What a button of a row does. */
export type Act = 'pause' | 'resume' | 'again' | 'choose' | 'cancel'

const labels: Record<Act, string> = {
  pause: 'Pause',
  resume: 'Resume',
  again: 'Try again',
  choose: 'Choose file',
  cancel: 'Cancel',
}

/** A file on its way, as it is shown. */
export interface Look {
  /** For the stylesheet. */
  state: string
  sent: number
  size: number
  words: string
  /** Set where it is not going its ordinary way. */
  tone?: 'amber' | 'red' | 'teal'
  /** What can be done. The words of "cancel" differ: there is not always something to call off. */
  acts: readonly Act[]
  cancelLabel?: string
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = className
  element.append(...content)
  return element
}

/** Draws a file's row, and only what changed of it. */
export class Row {
  readonly element: HTMLLIElement
  readonly #name: string
  readonly #words = make('span', 'up-words')
  readonly #bar = make('progress', '')
  readonly #acts = make('div', 'up-acts')
  readonly #act: (act: Act) => void
  #shown = ''

  constructor(name: string, act: (act: Act) => void) {
    this.#name = nameWords(name)
    this.#act = act
    this.#bar.max = 100
    this.#bar.ariaLabel = this.#name
    this.element = make('li', 'up', make('bdi', '', this.#name), this.#words, this.#acts, this.#bar)
  }

  draw({ state, sent, size, words, tone, acts, cancelLabel }: Look): void {
    this.element.dataset['state'] = state
    this.#bar.value = size === 0 ? 100 : (sent / size) * 100
    if (this.#words.textContent !== words) this.#words.textContent = words
    this.#words.className = `up-words ${tone ?? ''}`
    const shown = [...acts, cancelLabel].join()
    if (shown === this.#shown) return
    this.#shown = shown
    this.#drawActs(acts, cancelLabel)
  }

  /** A button that is pressed and becomes another one keeps the keyboard's place. */
  #drawActs(acts: readonly Act[], cancelLabel: string | undefined): void {
    const focused = this.#acts.contains(document.activeElement)
    this.#acts.replaceChildren(
      ...acts.map((act) => {
        const label = act === 'cancel' ? (cancelLabel ?? labels.cancel) : labels[act]
        const button = make('button', 'btn', label, make('span', 'unseen', ` ${this.#name}`))
        button.type = 'button'
        button.addEventListener('click', () => this.#act(act))
        return button
      }),
    )
    if (focused) this.#acts.querySelector('button')?.focus()
  }
}
