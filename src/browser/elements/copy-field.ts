/** `<copy-field>` around an input and a button that is hidden until this runs. */
class CopyField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector('input')
    const button = this.querySelector('button')
    if (!input || !button) return
    button.hidden = false
    // Where it is what the page is for, the keyboard copies it at once.
    if (!('quiet' in this.dataset)) input.select()
    button.addEventListener('click', async () => {
      input.select()
      try {
        await navigator.clipboard.writeText(input.value)
        button.textContent = 'Copied'
      } catch {
        // No permission: the address is selected, and the keyboard copies it.
        button.textContent = 'Press Ctrl or ⌘ C'
      }
    })
  }
}

customElements.define('copy-field', CopyField)
