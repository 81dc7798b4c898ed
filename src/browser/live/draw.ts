export const pageOf = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')

/** The section of the page that holds the thread; its tag says which version of it is shown. */
export const threadIn = (page: Document): HTMLElement | null =>
  page.querySelector<HTMLElement>('[data-thread]')

const FORM = 'compose'

/**
 * Shows the thread as another page has it. What is there and unchanged stays the same element, so that
 * a screen reader says what is new alone, nothing jumps, and what somebody opened stays open.
 */
export function draw(page: Document): void {
  const shown = threadIn(document)
  const fresh = threadIn(page)
  if (!shown || !fresh) return
  for (const part of document.querySelectorAll<HTMLElement>('[data-part]')) {
    const name = part.dataset['part'] ?? ''
    const other = page.querySelector(`[data-part="${name}"]`)
    if (name !== FORM && other && other.innerHTML !== part.innerHTML)
      part.replaceChildren(...other.childNodes)
  }
  const log = shown.querySelector('[data-log]')
  const freshLog = fresh.querySelector('[data-log]')
  if (log && freshLog) merge(log, freshLog)
  shown.dataset['thread'] = fresh.dataset['thread']
}

const messagesIn = (log: Element): Element[] => [...log.children].filter(({ id }) => id !== '')
const same = (one: Element, other: Element): boolean =>
  one.className === other.className && one.textContent === other.textContent

/** Earlier messages than the fresh page has stay: they were drawn before newer ones came. */
function merge(log: Element, fresh: Element): void {
  const old = new Map(messagesIn(log).map((message) => [message.id, message]))
  const wanted = messagesIn(fresh)
  const first = wanted.findIndex(({ id }) => old.has(id))
  if (wanted.length + old.size === 0) return
  if (first === -1) {
    log.replaceChildren(...fresh.children)
    return
  }
  const ids = new Set(wanted.map(({ id }) => id))
  const from = old.get(wanted[first]?.id ?? '')
  let known = false
  for (const message of old.values()) {
    known ||= message === from
    if (known && !ids.has(message.id)) message.remove()
  }
  let before: Element | null = null
  for (const message of wanted.toReversed()) {
    const there = old.get(message.id)
    const drawn = there && same(there, message) ? there : message
    if (there && drawn !== there) there.replaceWith(drawn)
    else if (!there) log.insertBefore(drawn, before)
    before = drawn
  }
}

/** Puts the form of another page in the place of the one that is shown; false where it has none. */
export function drawForm(page: Document, shown: HTMLFormElement): boolean {
  const fresh = page.querySelector(`[data-part="${FORM}"]`)
  if (fresh) shown.replaceWith(fresh)
  return fresh !== null
}

export const isThreadForm = (target: EventTarget | null): target is HTMLFormElement =>
  target instanceof HTMLFormElement && target.dataset['part'] === FORM
