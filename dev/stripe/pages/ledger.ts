import { html } from 'hono/html'
import type { Stripe } from 'stripe'
import { inWords } from '../currencies.ts'
import type { Delivery } from '../rows.ts'
import { page } from './page.ts'
import type { Html } from './page.ts'

interface Payment {
  intent: Stripe.PaymentIntent
  charge: Stripe.Charge | undefined
  dispute: Stripe.Dispute | undefined
  refunds: Stripe.Refund[]
  what: string
}

interface Sold {
  link: Stripe.PaymentLink
  total: number
  what: string
}

export interface Ledger {
  payments: Payment[]
  links: Sold[]
  deliveries: Delivery[]
  paused: boolean
  refundsWait: boolean
  problem: string | null
}

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const moment = (at: number) =>
  html`<time datetime="${new Date(at).toISOString()}">${format.format(at)}</time>`

const tag = (word: string, tone: string) => html`<span class="tag ${tone}">${word}</span>`

interface Act {
  deed: string
  id: string
  words: string
}

const act = ({ deed, id, words }: Act): Html =>
  html`<form method="post" action="/play">
    <input type="hidden" name="id" value="${id}" />
    <button class="quiet" name="deed" value="${deed}">${words}</button>
  </form>`

function standing({ intent, charge, dispute }: Payment): Html {
  if (dispute) {
    const tone = dispute.status === 'won' ? 'teal' : 'red'
    return tag(dispute.status === 'needs_response' ? 'disputed' : `dispute ${dispute.status}`, tone)
  }
  if (charge?.refunded) return tag('refunded', 'muted')
  if (charge && charge.amount_refunded > 0) return tag('refunded in part', 'amber')
  if (intent.status === 'succeeded') return tag('paid', 'teal')
  if (intent.status === 'processing') return tag('on its way', 'amber')
  return tag(intent.last_payment_error ? 'failed' : 'not paid', 'red')
}

function acts({ intent, charge, dispute, refunds }: Payment): Act[] {
  const { id } = intent
  if (intent.status === 'processing') {
    return [
      { deed: 'settle', id, words: 'Settle' },
      { deed: 'fail', id, words: 'Fail' },
    ]
  }
  const waiting = refunds.find(({ status }) => status === 'pending')
  if (waiting) {
    return [
      { deed: 'settle-refund', id: waiting.id, words: 'Settle refund' },
      { deed: 'fail-refund', id: waiting.id, words: 'Fail refund' },
    ]
  }
  if (dispute?.status === 'needs_response') {
    return [
      { deed: 'dispute-won', id, words: 'Win dispute' },
      { deed: 'dispute-lost', id, words: 'Lose dispute' },
    ]
  }
  // Appeals turn what was decided.
  if (dispute?.status === 'lost') return [{ deed: 'dispute-won', id, words: 'Win after all' }]
  if (dispute) return [{ deed: 'dispute-lost', id, words: 'Lose after all' }]
  if (intent.status !== 'succeeded' || charge?.refunded) return []
  return [
    { deed: 'refund', id, words: 'Refund' },
    { deed: 'dispute', id, words: 'Dispute' },
  ]
}

function paymentRow(payment: Payment): Html {
  const { intent, what } = payment
  return html`<li>
    <span class="sum">${inWords(intent.amount, intent.currency)}</span>
    <span class="about">
      ${standing(payment)} <b>${what}</b>
      <span class="line">${moment(intent.created * 1000)} <code>${intent.id}</code></span>
    </span>
    <span class="deeds">${acts(payment).map(act)}</span>
  </li>`
}

function linkRow({ link, total, what }: Sold): Html {
  const limit = link.restrictions?.completed_sessions
  const used = limit !== undefined && limit.count >= limit.limit
  return html`<li>
    <span class="sum">${inWords(total, link.currency)}</span>
    <span class="about">
      ${link.active ? tag('active', 'teal') : tag(used ? 'used up' : 'switched off', 'muted')}
      <b>${what}</b> <span class="line"><code>${link.id}</code></span>
    </span>
    <span class="deeds"><a class="btn" href="${link.url}">Open</a></span>
  </li>`
}

function deliveryRow({ attempt, at, event, status, type, url }: Delivery): Html {
  const taken = status !== null && status >= 200 && status < 300
  return html`<li>
    ${moment(at)}
    <span class="about">
      ${tag(status === null ? 'no answer' : String(status), taken ? 'teal' : 'red')}
      <b>${type}</b> ${attempt > 1 ? html`<span class="muted">try ${attempt}</span>` : ''}
      <span class="line"><code>${url}</code></span>
    </span>
    <span class="deeds">${act({ deed: 'redeliver', id: event, words: 'Send again' })}</span>
  </li>`
}

function section(title: string, rows: Html[], none: string): Html {
  return html`<section aria-label="${title}">
    <h2>${title}</h2>
    <div class="card">
      ${
        rows.length === 0
          ? html`<p class="none">${none}</p>`
          : html`<ul>
              ${rows}
            </ul>`
      }
    </div>
  </section>`
}

/** What the local Stripe holds, with buttons for what banks and Stripe's dashboard would do. */
export function ledgerPage(ledger: Ledger): Html {
  const { deliveries, links, paused, payments, problem, refundsWait } = ledger
  return page(
    'Overview',
    html`<div class="top">
        <h1>Local Stripe</h1>
        ${act({
          deed: paused ? 'webhooks-on' : 'webhooks-off',
          id: '-',
          words: paused ? 'Deliver webhooks again' : 'Pause webhooks',
        })}
        ${act({
          deed: refundsWait ? 'refunds-at-once' : 'refunds-wait',
          id: '-',
          words: refundsWait ? 'Let refunds succeed at once' : 'Let refunds wait',
        })}
      </div>
      ${problem === null ? '' : html`<p class="problem" role="alert">${problem}</p>`}
      ${section('Payments', payments.map(paymentRow), 'Nobody has paid yet.')}
      ${section('Payment links', links.map(linkRow), 'The app has made none yet.')}
      ${section('Webhooks', deliveries.map(deliveryRow), paused ? 'Paused: nothing is delivered.' : 'Nothing was delivered yet.')}`,
  )
}
