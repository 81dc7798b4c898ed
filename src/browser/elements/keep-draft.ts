/**
 * `<keep-draft>` around a textarea: what was typed survives a reload, a crash and a lost connection.
 * It is forgotten once it was sent, which shows in the form's fresh id.
 */
class KeepDraft extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('textarea')
    const form = this.closest('form')
    if (!field || !form) return
    const id = form.querySelector<HTMLInputElement>('input[name=id]')?.value ?? ''
    const key = `draft:${form.action}`
    const sending = `${key}:sent`
    const kept = read(key)
    // A message that was refused comes back in the field itself, under the id it was sent with.
    if (field.value === '' && read(sending) !== null && read(sending) !== id) forget(key)
    else if (field.value === '' && kept !== null) field.value = kept
    forget(sending)
    field.addEventListener('input', () => keep(key, field.value))
    form.addEventListener('submit', () => keep(sending, id))
  }
}

// A browser that keeps nothing (private windows, blocked storage) only loses the convenience.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    forget(key)
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // There is nothing to forget.
  }
}

customElements.define('keep-draft', KeepDraft)
