/** What shows files or counts them; forms that somebody may be filling in are no such part. */
const PARTS = '[data-part^=files], [data-part=tab-files]'

function draw(shown: Element, fresh: Element): void {
  if (shown.innerHTML === fresh.innerHTML) return
  const { activeElement } = document
  const address = shown.contains(activeElement) ? activeElement?.getAttribute('href') : undefined
  shown.replaceChildren(...fresh.childNodes)
  if (address) shown.querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus()
}

/** Shows the files as they are now, without loading the page anew. */
export async function refreshFiles(): Promise<void> {
  try {
    const answer = await fetch(location.pathname + location.search)
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const shown of document.querySelectorAll<HTMLElement>(PARTS)) {
      const fresh = page.querySelector(`[data-part="${shown.dataset['part']}"]`)
      if (fresh) draw(shown, fresh)
    }
  } catch {
    // The files are there; the next look shows them.
  }
}
