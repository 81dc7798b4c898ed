import './elements/colour-field.ts'
import './elements/copy-field.ts'
import { copyLink } from './elements/copy-link.ts'
import './elements/file-drop.ts'
import './elements/invoice-lines.ts'
import './elements/keep-draft.ts'
import './elements/live-search.ts'
import './elements/plan-order.ts'
import './elements/progress-slider.ts'
import './live/team.ts'

/** On a phone the areas and tabs scroll to the side: what is current is in sight at once. */
for (const current of document.querySelectorAll<HTMLElement>('nav [aria-current]')) {
  const list = current.parentElement
  if (!list || list.scrollWidth <= list.clientWidth) continue
  const { left, width } = current.getBoundingClientRect()
  list.scrollLeft += left - list.getBoundingClientRect().left - (list.clientWidth - width) / 2
}

/** A second click on a form that is on its way does nothing; coming back to the page frees it. */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement)) return
  if (form.dataset['copy'] !== undefined) {
    event.preventDefault()
    void copyLink(form)
    return
  }
  if (form.dataset['sent'] !== undefined) event.preventDefault()
  form.dataset['sent'] = ''
})
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
    delete form.dataset['sent']
  }
})

/** The button that opened a dialog is gone with its menu, so attention goes back to the menu. */
document.addEventListener(
  'close',
  ({ target }) => {
    if (!(target instanceof HTMLDialogElement)) return
    target.closest('li, tr, .top')?.querySelector<HTMLElement>('details.more > summary')?.focus()
  },
  true,
)

// Browsers from before 2026 know dialogs, but not buttons that command them.
if (!('commandForElement' in HTMLButtonElement.prototype)) {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button[commandfor]') : null
    const dialog = document.getElementById(button?.getAttribute('commandfor') ?? '')
    if (!(dialog instanceof HTMLDialogElement)) return
    if (button?.getAttribute('command') === 'close') dialog.close()
    else dialog.showModal()
  })
}

/** An open menu closes when attention goes elsewhere, or to a dialog that it opened. */
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.more[open]')) {
    if (!menu.contains(target) || target.closest('[commandfor]')) menu.open = false
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const menu = document.querySelector<HTMLDetailsElement>('details.more[open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary')?.focus()
})
