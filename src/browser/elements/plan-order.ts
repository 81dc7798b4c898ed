import { keepVersion, saveMilestone, versionOf } from './save-milestone.ts'

const rowsOf = (list: Element): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>(':scope > li'),
]

const titleOf = (row: HTMLElement): string => row.querySelector('.ms-what b')?.textContent ?? ''

/**
 * `<plan-order>` around the list of a plan: its rows are put in order by their buttons, which keep the
 * focus, or dragged by a handle that this adds. Without it the buttons are forms.
 */
class PlanOrder extends HTMLElement {
  #list!: HTMLElement
  /** Moves go out one after the other, in the order in which they were made. */
  #queue: Promise<void> = Promise.resolve()

  connectedCallback(): void {
    const list = this.querySelector('ol')
    if (!list) return
    this.#list = list
    list.addEventListener('submit', (event) => {
      const { target: form, submitter } = event
      if (!(form instanceof HTMLFormElement) || form.dataset['move'] === undefined) return
      if (!(submitter instanceof HTMLButtonElement)) return
      event.preventDefault()
      event.stopPropagation()
      const row = form.closest('li')
      if (row) this.#moveTo(row, Number(submitter.value), submitter)
    })
    for (const row of rowsOf(list)) {
      if (row.querySelector('[data-move]')) row.prepend(this.#handle(row))
    }
  }

  #say(words: string): void {
    const said = this.querySelector('[data-order-said]')
    if (said) said.textContent = words
  }

  #moveTo(row: HTMLElement, place: number, button: HTMLButtonElement): void {
    const rows = rowsOf(this.#list)
    const from = rows.indexOf(row)
    const other = rows[place]
    if (!other || other === row) return
    if (place > from) other.after(row)
    else other.before(row)
    this.#number()
    // At either end one of the two buttons has nothing left to do.
    const next = button.disabled
      ? row.querySelector<HTMLButtonElement>('[data-move] button:not(:disabled)')
      : button
    next?.focus()
    this.#keep(row, from)
  }

  /** Each row's buttons lead to the places beside its own. */
  #number(): void {
    const rows = rowsOf(this.#list)
    for (const [place, row] of rows.entries()) {
      const [up, down] = row.querySelectorAll<HTMLButtonElement>('[data-move] button')
      if (!up || !down) continue
      up.value = String(place - 1)
      up.disabled = place === 0
      down.value = String(place + 1)
      down.disabled = place === rows.length - 1
    }
  }

  /** Tells the server where a row stands now; where it is refused, the row goes back. */
  #keep(row: HTMLElement, from: number): void {
    const rows = rowsOf(this.#list)
    const place = rows.indexOf(row)
    const save = async (): Promise<void> => {
      let outcome = await saveMilestone(row, { version: versionOf(row), position: place })
      if (outcome.kind === 'conflict' && outcome.now.version !== versionOf(row)) {
        // Something else of it has changed; its place is nobody's words that could be lost.
        keepVersion(row, outcome.now)
        outcome = await saveMilestone(row, { version: versionOf(row), position: place })
      }
      if (outcome.kind === 'saved') {
        keepVersion(row, outcome.now)
        this.#say(`${titleOf(row)} is now ${place + 1} of ${rows.length}.`)
        return
      }
      const now = rowsOf(this.#list)
      const back = now.filter((each) => each !== row)[from]
      if (back) back.before(row)
      else this.#list.append(row)
      this.#number()
      const why =
        outcome.kind === 'signed-out'
          ? 'you are signed out.'
          : 'words' in outcome
            ? outcome.words
            : 'there is no connection. Try again in a moment.'
      this.#say(`${titleOf(row)} was not moved: ${why}`)
      this.dataset['failed'] = ''
    }
    delete this.dataset['failed']
    this.#queue = this.#queue.then(save, save)
  }

  #handle(row: HTMLElement): HTMLElement {
    const handle = document.createElement('span')
    handle.className = 'grip'
    // For the pointer alone: the buttons do the same for everybody.
    handle.setAttribute('aria-hidden', 'true')
    handle.title = `Drag ${titleOf(row)} to its place`
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      this.#drag(row, handle, event.pointerId)
    })
    return handle
  }

  #drag(row: HTMLElement, handle: HTMLElement, pointer: number): void {
    const from = rowsOf(this.#list).indexOf(row)
    const dragging = new AbortController()
    const { signal } = dragging
    handle.setPointerCapture(pointer)
    row.dataset['dragged'] = ''
    const end = (): void => {
      dragging.abort()
      delete row.dataset['dragged']
      this.#number()
    }
    const put = (place: number): void => {
      const others = rowsOf(this.#list).filter((each) => each !== row)
      const before = others[place]
      if (before) before.before(row)
      else this.#list.append(row)
      // Taking the row out of the page lets the pointer go.
      handle.setPointerCapture(pointer)
    }
    handle.addEventListener(
      'pointermove',
      ({ clientY }) => {
        const others = rowsOf(this.#list).filter((each) => each !== row)
        const middles = others.map((each) => {
          const { top, height } = each.getBoundingClientRect()
          return top + height / 2
        })
        const place = middles.filter((middle) => middle < clientY).length
        if (rowsOf(this.#list)[place] !== row) put(place)
      },
      { signal },
    )
    handle.addEventListener(
      'pointerup',
      () => {
        end()
        if (rowsOf(this.#list).indexOf(row) !== from) this.#keep(row, from)
      },
      { signal },
    )
    const cancel = (): void => {
      put(from)
      end()
    }
    handle.addEventListener('pointercancel', cancel, { signal })
    addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Escape') cancel()
      },
      { signal },
    )
  }
}

customElements.define('plan-order', PlanOrder)
