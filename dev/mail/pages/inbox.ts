import { html } from 'hono/html'
import type { EventKind, Message } from '../message.ts'
import { moment, page } from './page.ts'
import type { Html } from './page.ts'

const shown = 200

const states: Record<EventKind, { word: string; tone: string }> = {
  delivered: { word: 'delivered', tone: 'teal' },
  open: { word: 'opened', tone: 'teal' },
  bounce: { word: 'bounced', tone: 'red' },
}

export function stateTag(kind: EventKind | undefined): Html {
  const { word, tone } = kind ? states[kind] : { word: 'accepted', tone: 'muted' }
  return html`<span class="tag ${tone}">${word}</span>`
}

function row(message: Message): Html {
  return html`<li>
    <a href="/messages/${message.id}">
      <span class="cut">${message.to}</span>
      <b class="subject">${message.subject}</b>
      <span class="state">${stateTag(message.events.at(-1)?.kind)}</span>
      ${moment(message.at)}
    </a>
  </li>`
}

function empty(to: string): Html {
  return to === ''
    ? html`<div class="card empty">
        <h2>No mail yet</h2>
        <p>Whatever the app sends appears here instead of going out.</p>
      </div>`
    : html`<div class="card empty">
        <h2>No mail to “${to}”</h2>
        <p><a href="/">Show every mail</a></p>
      </div>`
}

export function inboxPage(messages: Message[], to: string): Html {
  const wanted = to.trim().toLowerCase()
  const found = messages.filter((message) => message.to.toLowerCase().includes(wanted))
  return page(
    'Mail',
    html`<div class="top">
        <h1>Mail</h1>
        <span class="muted">${found.length === 1 ? '1 message' : `${found.length} messages`}</span>
        <form action="/">
          <input
            type="search"
            name="to"
            value="${to}"
            placeholder="Who it went to"
            aria-label="Who it went to"
          />
          <button class="btn">Filter</button>
        </form>
      </div>
      ${
        found.length === 0
          ? empty(to)
          : html`<ul class="card mails">
              ${found.slice(0, shown).map(row)}
            </ul>`
      }
      ${found.length > shown ? html`<p class="muted">The newest ${shown} are shown.</p>` : ''}`,
  )
}
