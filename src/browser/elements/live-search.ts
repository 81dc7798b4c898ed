const PAUSE = 250

let asking: AbortController | undefined

/** The address a search form leads to, with what is left empty left out. */
function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.action)
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') address.searchParams.set(name, value)
  }
  return address
}

/** Shows a region as another page has it. What announces the outcome stays the same element. */
function draw(shown: Element, fresh: Element): void {
  const status = shown.querySelector('[role=status]')
  const said = fresh.querySelector('[role=status]')
  const words = said?.textContent ?? ''
  if (status && said) said.replaceWith(status)
  shown.replaceChildren(...fresh.childNodes)
  if (status) status.textContent = words
}

/** Draws the regions that hold what was found; whatever fails leaves Enter to do it. */
async function search(form: HTMLFormElement, regions: string): Promise<void> {
  asking?.abort()
  asking = new AbortController()
  const address = addressOf(form)
  try {
    const response = await fetch(address, { signal: asking.signal })
    if (!response.ok || response.redirected) return
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    for (const shown of document.querySelectorAll(regions)) {
      const fresh = page.getElementById(shown.id)
      if (fresh) draw(shown, fresh)
    }
    history.replaceState(null, '', address)
  } catch {
    // Aborted by the next letter, or no connection.
  }
}

/** `<form data-live="#results">` searches while somebody types; without this, Enter does. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-live]')) {
  const button = form.querySelector('button')
  if (button) button.hidden = true
  let waiting: ReturnType<typeof setTimeout> | undefined
  form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => void search(form, form.dataset['live'] ?? ''), PAUSE)
  })
}
