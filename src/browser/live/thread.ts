import { draw, pageOf, threadIn } from './draw.ts'
import { polling, type Source } from './poll.ts'
import { sendInPlace } from './send.ts'

/** Draws the thread of the page as it is now whenever the source says that there is news. */
function keepFresh(source: Source, shown: () => void): void {
  source(async () => {
    const answer = await fetch(location.pathname + location.search)
    if (!answer.ok) throw new Error(`${answer.status}`)
    draw(pageOf(await answer.text()))
    shown()
  })
}

interface Live {
  url: string
  headers?: Record<string, string>
}

/**
 * Makes the thread of this page live, if it has one: sent without a reload, and drawn when there is
 * news. `shown` is called each time something was drawn.
 */
export function liveThread(asking: (thread: HTMLElement) => Live, shown: () => void): void {
  const thread = threadIn(document)
  if (!thread) return
  sendInPlace(shown)
  if (thread.dataset['live'] === undefined) return
  keepFresh(polling({ ...asking(thread), known: () => thread.dataset['thread'] ?? '' }), shown)
}
