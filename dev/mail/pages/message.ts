import { html } from 'hono/html'
import { kinds } from '../message.ts'
import type { Message, SentEvent } from '../message.ts'
import { stateTag } from './inbox.ts'
import { moment, page } from './page.ts'
import type { Html } from './page.ts'
import { viewQuery } from './view.ts'
import type { View } from './view.ts'

const person = (name: string | null, address: string) => (name ? `${name} <${address}>` : address)

function facts(message: Message): Html {
  const row = (name: string, value: string | Html) =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`
  return html`<dl>
    ${row('From', person(message.fromName, message.from))}
    ${row('To', person(message.toName, message.to))}
    ${message.replyTo === null ? '' : row('Reply to', message.replyTo)}
    ${row('Accepted', moment(message.at))}
  </dl>`
}

function choices<Name extends keyof View>(
  message: Message,
  view: View,
  name: Name,
  options: readonly (readonly [View[Name], string])[],
): Html {
  return html`<nav aria-label="${name}">
    ${options.map(
      ([value, words]) =>
        html`<a
          href="/messages/${message.id}${viewQuery({ ...view, [name]: value })}"
          ${view[name] === value ? html`aria-current="true"` : ''}
          >${words}</a
        >`,
    )}
  </nav>`
}

function headerText(message: Message): string {
  const lines = {
    'Message-ID': message.messageId,
    ...message.headers,
    'X-Message-Id': message.sendId,
    ...Object.fromEntries(
      Object.entries(message.customArgs).map(([name, value]) => [`custom_args.${name}`, value]),
    ),
    ...(message.categories.length > 0 && { categories: message.categories.join(', ') }),
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

function stage(message: Message, view: View): Html {
  const width = view.width === 'phone' ? 'phone' : ''
  if (view.part === 'headers') return html`<pre class="${width}">${headerText(message)}</pre>`
  if (view.part === 'text') {
    return html`<pre class="${width}">${message.text ?? 'This mail has no text part.'}</pre>`
  }
  return html`<iframe
    class="${width} ${view.scheme}"
    title="The mail as HTML"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    src="/messages/${message.id}/html?scheme=${view.scheme}"
  ></iframe>`
}

function answer({ status }: SentEvent): Html {
  if (status === null) return html`<span class="red">the app did not answer</span>`
  const tone = status >= 200 && status < 300 ? 'muted' : 'red'
  return html`<span class="${tone}">the app answered ${status}</span>`
}

function events(message: Message, view: View): Html {
  return html`<section class="card events">
    <h2>Events</h2>
    <form method="post" action="/messages/${message.id}/events${viewQuery(view)}">
      ${kinds.map(
        (kind) => html`<button class="btn" name="event" value="${kind}">Send “${kind}”</button>`,
      )}
    </form>
    ${
      message.events.length === 0
        ? html`<p class="muted">None sent to the app so far.</p>`
        : html`<ul>
            ${message.events
              .toReversed()
              .map(
                (event) =>
                  html`<li>${stateTag(event.kind)} ${moment(event.at)} ${answer(event)}</li>`,
              )}
          </ul>`
    }
  </section>`
}

export function messagePage(message: Message, view: View): Html {
  return page(
    message.subject,
    html`<a class="back" href="/">← All mail</a>
      <h1>${message.subject}</h1>
      <div class="head">${facts(message)} ${events(message, view)}</div>
      ${
        message.clickTracking
          ? html`<p class="warn">
              Click tracking is not switched off: SendGrid would rewrite every link in this mail.
            </p>`
          : ''
      }
      <div class="card">
        <div class="tabs">
          ${choices(message, view, 'part', [
            ['html', 'HTML'],
            ['text', 'Text'],
            ['headers', 'Headers'],
          ])}
          ${choices(message, view, 'width', [
            ['wide', 'Wide'],
            ['phone', 'Phone'],
          ])}
          ${choices(message, view, 'scheme', [
            ['light', 'Light'],
            ['dark', 'Dark'],
          ])}
        </div>
        <div class="stage">${stage(message, view)}</div>
      </div>`,
  )
}
