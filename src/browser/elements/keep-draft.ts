/**
 * `<keep-draft>` around a textarea: what was typed survives a reload, a crash and a lost connection.
 * It is forgotten once it was sent: then the form's id has become the id of a message, which the page
 * says in `data-sent`. `data-of` names what it is about where the form's address is a secret.
 */
class KeepDraft extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('textarea')
    const form = this.closest('form')
    if (!field || !form) return
    const key = `draft:${this.dataset['of'] ?? new URL(form.action).pathname}`
    const sending = `${key}:sent`
    const sent = read(sending)
    if (sent !== null && sent === this.dataset['sent']) write(key, '')
    write(sending, '')
    // A message that was refused comes back in the field itself.
    if (field.value === '') field.value = read(key) ?? ''
    else write(key, field.value)
    field.addEventListener('input', () => write(key, field.value))
    form.addEventListener('submit', () => {
      write(sending, form.querySelector<HTMLInputElement>('input[name=id]')?.value ?? '')
    })
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

/** Nothing is kept of a text without words. */
function write(key: string, value: string): void {
  try {
    if (value.trim() === '') localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // It stays as it was.
  }
}

customElements.define('keep-draft', KeepDraft)
