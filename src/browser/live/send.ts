import { draw, drawForm, isThreadForm, pageOf } from './draw.ts'

/** The answers that are the page itself, with the words and why they were not sent. */
const REFUSED = new Set([409, 422, 429])

/** Says at the form that nothing left; the words stay in it, and in the draft. */
function say(form: HTMLFormElement, words: string): void {
  form.querySelector('[role=alert]')?.remove()
  const said = document.createElement('p')
  said.className = 'red error'
  said.setAttribute('role', 'alert')
  said.textContent = words
  form.append(said)
}

/**
 * Sends a message and draws the page that answers, without loading it anew. Its id makes one message
 * of it however often it arrives. Where anything else answers, the form goes the ordinary way.
 */
async function send(form: HTMLFormElement, shown: () => void): Promise<void> {
  const field = form.querySelector('textarea')
  if (!field || field.readOnly) return
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value)
  }
  field.readOnly = true
  try {
    const answer = await fetch(form.action, { method: 'POST', body })
    const page = pageOf(await answer.text())
    field.readOnly = false
    if ((answer.ok || REFUSED.has(answer.status)) && drawForm(page, form)) {
      draw(page)
      document.querySelector<HTMLElement>('[data-part=compose] textarea')?.focus()
      shown()
    } else {
      form.submit()
    }
  } catch {
    field.readOnly = false
    delete form.dataset['sent']
    say(form, 'No connection: this was not sent yet. Your words are kept here, so try again.')
  }
}

export function sendInPlace(shown: () => void): void {
  document.addEventListener('submit', (event) => {
    const { target } = event
    if (!isThreadForm(target)) return
    event.preventDefault()
    void send(target, shown)
  })
  document.addEventListener('keydown', ({ key, ctrlKey, metaKey, target }) => {
    if (key !== 'Enter' || !(ctrlKey || metaKey)) return
    if (target instanceof HTMLTextAreaElement && isThreadForm(target.form))
      target.form.requestSubmit()
  })
}
