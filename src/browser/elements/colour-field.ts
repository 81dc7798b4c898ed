/**
 * `<colour-field>` around a text input and a colour input that is hidden until this runs. The text is
 * what is sent: it can be pasted into and left empty, which a colour input can't.
 */
class ColourField extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector<HTMLInputElement>('input[name]')
    const picker = this.querySelector<HTMLInputElement>('input[type="color"]')
    if (!text || !picker) return
    const show = () => {
      if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value
    }
    show()
    picker.hidden = false
    text.addEventListener('input', show)
    picker.addEventListener('input', () => {
      text.value = picker.value
    })
  }
}

customElements.define('colour-field', ColourField)
