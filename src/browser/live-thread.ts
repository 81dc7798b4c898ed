/** How often (ms) a visible page asks whether its thread has news; longer after each failure. */
const PAUSE = 10_000
const LONGEST_PAUSE = 120_000

interface Source {
  /** Answers 304 while nothing is new. */
  url: string
  headers?: Record<string, string>
  /** Called when there is news. */
  news: () => Promise<void>
}

/**
 * Asks for news while the page is visible, by a conditional request that costs next to nothing.
 * Whatever brings news by itself one day takes this one's place and calls `news`.
 */
export function watchThread({ url, headers = {}, news }: Source): void {
  let etag = ''
  let pause = PAUSE
  let timer = 0

  const ask = async (): Promise<void> => {
    const condition = etag === '' ? {} : { 'if-none-match': etag }
    const answer = await fetch(url, { headers: { ...headers, ...condition } })
    if (answer.status === 304) return
    if (!answer.ok) throw new Error(`No thread: ${answer.status}`)
    const known = etag !== ''
    etag = answer.headers.get('etag') ?? ''
    if (known) await news()
  }

  const next = (): void => {
    clearTimeout(timer)
    if (document.visibilityState !== 'visible') return
    timer = window.setTimeout(async () => {
      try {
        await ask()
        pause = PAUSE
      } catch {
        pause = Math.min(pause * 2, LONGEST_PAUSE)
      }
      next()
    }, pause)
  }

  document.addEventListener('visibilitychange', () => {
    pause = PAUSE
    void ask().catch(() => undefined)
    next()
  })
  void ask().catch(() => undefined)
  next()
}

/** Puts the thread of the page as it is now in the place of the one that is shown; the form stays. */
export async function refreshThread(): Promise<void> {
  const answer = await fetch(location.href)
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of ['[data-thread]', '[data-thread-head]']) {
    const fresh = page.querySelector(part)
    const shown = document.querySelector(part)
    if (fresh && shown) shown.replaceWith(fresh)
  }
}
