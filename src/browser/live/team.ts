import { liveThread } from './thread.ts'

/** The button that says "read" presses itself while somebody looks; what came since stays unread. */
function reportRead(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-read]')
  if (!form || document.visibilityState !== 'visible') return
  const thread = form.querySelector<HTMLInputElement>('[name=thread]')?.value ?? ''
  form.remove()
  const body = new URLSearchParams({ thread })
  // Where the form would lead is where we are.
  void fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => {
    // Unread is drawn again with the next news, and reported then.
  })
}

document.addEventListener('visibilitychange', reportRead)
reportRead()
liveThread(
  ({ dataset }) => ({
    url: dataset['live'] ?? '',
    headers: { 'x-organization': dataset['organization'] ?? '' },
  }),
  reportRead,
)
