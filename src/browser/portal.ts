import './elements/file-drop.ts'
import './elements/keep-draft.ts'
import { liveThread } from './live/thread.ts'

const token = /^\/portal\/([0-9a-f]{64})/.exec(location.pathname)?.[1]

/** The newest message on the page when it was last reported; undefined before it ever was. */
let reported: string | undefined

/**
 * Tells the server that a person saw the page, and the thread as far as it shows it. Opening the
 * address alone tells nothing: mail scanners and prefetchers do it too, but they don't stay and look.
 */
function reportSeen(): void {
  if (document.visibilityState !== 'visible') return
  const thread = document.querySelector<HTMLElement>('[data-thread]')
  const newest = thread?.querySelector('[data-log] > [id]:last-child')?.id ?? ''
  if (newest === reported) return
  reported = newest
  const upTo = thread?.dataset['thread'] ?? '0'
  void fetch(`/api/portal/${token}/seen?thread=${upTo}`, { method: 'POST', keepalive: true }).catch(
    () => {
      // Being seen is news, not work: when it can't be told, the next look tells it.
      reported = undefined
    },
  )
}

if (token !== undefined) {
  document.addEventListener('visibilitychange', reportSeen)
  reportSeen()
  liveThread(() => ({ url: `/api/portal/${token}/messages?limit=1` }), reportSeen)
}
