import { totalsOf } from '../../features/invoices/totals.ts'
import { billedBy, sumRows, type SumRow } from '../../features/invoices/typed.ts'
import { formatMoney } from '../../lib/money.ts'

/**
 * `<invoice-lines>` around the lines of a form: they come and go without a round trip, and what they come
 * to shows while somebody types, by the server's own rules.
 */
class InvoiceLines extends HTMLElement {
  #form: HTMLFormElement | null = null

  connectedCallback(): void {
    this.#form = this.closest('form')
    this.#form?.addEventListener('input', () => this.#total())
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (!button || !this.#act(button)) return
      event.preventDefault()
      this.#total()
    })
    this.#total()
  }

  /** Whether it was a button that this can do itself. */
  #act(button: HTMLButtonElement): boolean {
    if (button.name === 'remove') {
      this.#remove(button.closest('[role=group]'))
      return true
    }
    if (button.name !== 'do') return false
    if (button.value === 'add') fieldIn(this.#add(), 'description')?.focus()
    else this.#putIn()
    return true
  }

  #rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=group]')]
  }

  /** The last row once more, empty but for its tax. */
  #add(): HTMLElement | undefined {
    const rows = this.#rows()
    const last = rows.at(-1)
    if (!last) return undefined
    const copy = last.cloneNode(true)
    if (!(copy instanceof HTMLElement)) return undefined
    const at = Math.max(...rows.map(numberOf)) + 1
    copy.querySelector('.error')?.remove()
    copy.setAttribute('aria-label', `Line ${rows.length + 1}`)
    for (const input of copy.querySelectorAll('input')) {
      input.name = input.name.replace(/\d+/, String(at))
      input.removeAttribute('aria-invalid')
      input.removeAttribute('aria-describedby')
      if (!input.name.endsWith('taxRate')) input.value = ''
    }
    const remove = copy.querySelector('button')
    if (remove) remove.value = String(at)
    const words = remove?.querySelector('.unseen')
    if (words) words.textContent = `Remove line ${rows.length + 1}`
    last.after(copy)
    return copy
  }

  #remove(row: HTMLElement | null): void {
    if (!row) return
    const rows = this.#rows()
    const beside = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1]
    // The last one stays, to be filled in.
    if (beside) row.remove()
    else for (const input of row.querySelectorAll('input')) input.value = ''
    fieldIn(beside ?? row, 'description')?.focus()
  }

  /** A saved line, into the first row that nobody has begun. */
  #putIn(): void {
    const chosen = this.querySelector<HTMLSelectElement>('select[name=saved]')?.selectedOptions[0]
    const blank = this.#rows().find((row) =>
      ['description', 'quantity', 'unitAmount'].every((name) => fieldIn(row, name)?.value === ''),
    )
    const row = blank ?? this.#add()
    if (!row || !chosen) return
    for (const name of ['description', 'quantity', 'unitAmount', 'taxRate']) {
      const input = fieldIn(row, name)
      if (input) input.value = chosen.dataset[name] ?? ''
    }
    fieldIn(row, 'quantity')?.focus()
  }

  #total(): void {
    const form = this.#form
    const { currency = '', locale = '', none = '1' } = this.dataset
    if (!form || currency === '') return
    const typed: Record<string, string> = {}
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') typed[name] = value
    }
    const style = { currency, locale }
    const billed = billedBy(typed, style, none)
    const totals = totalsOf(billed)
    for (const row of this.#rows()) {
      const index = billed.lines.findIndex(({ at }) => at === numberOf(row))
      const amount = totals.amounts[index]
      const shown = row.querySelector('[data-amount]')
      if (shown) {
        shown.textContent = amount === undefined ? '' : formatMoney(amount, currency, locale)
      }
    }
    const sums = this.querySelector('[data-sums]')
    sums?.replaceChildren(...sumRows(totals, billed.prices, style).map(sum))
  }
}

const fieldIn = (row: HTMLElement | undefined, name: string) =>
  row?.querySelector<HTMLInputElement>(`input[name$=".${name}"]`)

const numberOf = (row: HTMLElement): number =>
  Number(/\d+/.exec(fieldIn(row, 'description')?.name ?? '')?.[0] ?? 0)

function sum({ label, amount, whole }: SumRow): HTMLElement {
  const row = document.createElement('div')
  if (whole) row.className = 'whole-sum'
  const name = document.createElement('dt')
  name.textContent = label
  const value = document.createElement('dd')
  value.className = 'num'
  value.textContent = amount
  row.append(name, value)
  return row
}

customElements.define('invoice-lines', InvoiceLines)
