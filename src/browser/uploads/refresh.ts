/** What shows files or counts them; no form that somebody may be filling in is such a part. */
const PARTS = [
  '[data-files=list]',
  '[data-files=count]',
  '[data-files=storage]',
  '[data-part=tab-files]',
]

function draw(shown: Element, fresh: Element): void {
  if (shown.innerHTML === fresh.innerHTML) return
  const { activeElement } = document
  const address = shown.contains(activeElement) ? activeElement?.getAttribute('href') : undefined
  shown.replaceChildren(...fresh.childNodes)
  if (address) shown.querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus()
}

/** A request that was answered goes, unless something else is still on its way to it. */
function dropAnswered(page: Document): void {
  for (const request of document.querySelectorAll('[id^=asked-]')) {
    if (page.getElementById(request.id) || request.querySelector('.up:not([data-state=done])'))
      continue
    const list = request.parentElement
    request.remove()
    if (list?.children.length === 0) list.remove()
  }
}

/** Shows the files as they are now, without loading the page anew. */
export async function refreshFiles(): Promise<void> {
  try {
    const answer = await fetch(location.pathname + location.search)
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of PARTS) {
      const shown = document.querySelector(part)
      const fresh = page.querySelector(part)
      if (shown && fresh) draw(shown, fresh)
    }
    dropAnswered(page)
  } catch {
    // The files are there; the next look shows them.
  }
}
