/** The address out of the page that a link's "Copy link" form answers with. */
async function addressFrom(form: HTMLFormElement): Promise<Blob> {
  const response = await fetch(form.action, { method: 'POST' })
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const field = page.querySelector<HTMLInputElement>('#address')
  if (!response.ok || !field) throw new Error(`No address: ${response.status}`)
  return new Blob([field.value], { type: 'text/plain' })
}

function sayCopied(button: HTMLButtonElement): void {
  if (button.textContent === 'Copied') return
  const words = [...button.childNodes]
  button.style.minWidth = `${button.offsetWidth}px`
  button.textContent = 'Copied'
  setTimeout(() => button.replaceChildren(...words), 3000)
}

/** Copies a link where it stands; without this, the form leads to a page that shows the address. */
export async function copyLink(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector('button')
  try {
    // Given as a promise at once: Safari lets nothing be copied long after the click.
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': addressFrom(form) })])
    if (button) sayCopied(button)
  } catch {
    form.submit()
  }
}
