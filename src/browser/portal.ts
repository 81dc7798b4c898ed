/**
 * Tells the server that a person saw the page. Opening the address alone tells nothing: mail
 * scanners and prefetchers do it too, but they don't stay and look.
 */
function reportSeen(): void {
  const token = /^\/portal\/([0-9a-f]{64})/.exec(location.pathname)?.[1]
  if (token === undefined || document.visibilityState !== 'visible') return
  document.removeEventListener('visibilitychange', reportSeen)
  void fetch(`/api/portal/${token}/seen`, { method: 'POST', keepalive: true }).catch(() => {
    // Being seen is news, not work: when it can't be told, the next visit tells it.
  })
}

document.addEventListener('visibilitychange', reportSeen)
reportSeen()
