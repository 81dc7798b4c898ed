/** Brings word that a thread has changed, by whatever means; calls `news`, which draws it, each time. */
export type Source = (news: () => Promise<void>) => void

interface Question {
  /** Answers 304 as long as nothing is new. */
  url: string
  headers?: Record<string, string>
  /** The tag of what is shown. */
  known: () => string
}

/** How often (ms) a visible page asks; longer after each failure. */
const PAUSE = 10_000
const LONGEST_PAUSE = 120_000

/**
 * Asks while the page is visible, by a conditional request that costs next to nothing. A channel that
 * brings news by itself takes this one's place one day.
 */
export const polling =
  ({ url, headers, known }: Question): Source =>
  (news) => {
    let pause = PAUSE
    let timer: ReturnType<typeof setTimeout>

    async function ask(): Promise<void> {
      clearTimeout(timer)
      if (document.visibilityState !== 'visible') return
      try {
        const condition = { 'if-none-match': `"${known()}"` }
        const answer = await fetch(url, { headers: { ...headers, ...condition } })
        if (answer.ok) await news()
        else if (answer.status !== 304) throw new Error(`${answer.status}`)
        pause = PAUSE
      } catch {
        pause = Math.min(pause * 2, LONGEST_PAUSE)
      }
      clearTimeout(timer)
      timer = setTimeout(ask, pause)
    }

    document.addEventListener('visibilitychange', ask)
    timer = setTimeout(ask, pause)
  }
