import { html } from 'hono/html'
import type { Stripe } from 'stripe'
import { debitOf, nameOf } from '../checkout/methods.ts'
import { inWords } from '../currencies.ts'
import type { LineItem } from '../rows.ts'
import { page } from './page.ts'
import type { Html } from './page.ts'

type Session = Stripe.Checkout.Session

const total = (session: Session) => inWords(session.amount_total ?? 0, session.currency ?? 'eur')

function summary(session: Session, items: LineItem[]): Html {
  return html`<section class="what" aria-labelledby="what">
    <h1 id="what">${items.map((item) => item.description).join(', ')}</h1>
    <p class="amount">${total(session)}</p>
    <ul>
      ${items.map(
        (item) =>
          html`<li>
            <span>${item.description}${item.quantity === 1 ? '' : ` × ${item.quantity}`}</span>
            <span>${inWords(item.amount_total, item.currency)}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

/** The form posts to the page's own address; the session rides along, so a reload doesn't lose it. */
export function checkoutPage(session: Session, items: LineItem[], problem: string | null): Html {
  const debit = debitOf(session.payment_method_types)
  const byCard = session.payment_method_types.includes('card')
  return page(
    'Pay',
    html`<div class="checkout">
      ${summary(session, items)}
      <form method="post" class="how" aria-labelledby="how">
        <h2 id="how">How should this payment go?</h2>
        ${problem === null ? '' : html`<p class="problem" role="alert">${problem}</p>`}
        <input type="hidden" name="session" value="${session.id}" />
        <p class="field">
          <label for="email">Email</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            value="${session.customer_details?.email ?? 'buyer@client.example'}"
          />
        </p>
        ${
          byCard
            ? html`<button name="outcome" value="card">
                  Pay ${total(session)} <small>by card, 4242 4242 4242 4242</small>
                </button>
                <button name="outcome" value="decline" class="quiet">
                  Card is declined <small>4000 0000 0000 0002</small>
                </button>`
            : ''
        }
        ${
          debit
            ? html`<button name="outcome" value="debit" class="quiet">
                ${nameOf(debit)} <small>accepted now, settles or fails later</small>
              </button>`
            : ''
        }
      </form>
    </div>`,
  )
}

export function confirmationPage(
  session: Session,
  items: LineItem[],
  message: string | null,
): Html {
  const paid = session.payment_status === 'paid'
  return page(
    paid ? 'Paid' : 'On its way',
    html`<div class="notice">
      <h1>${paid ? 'Thanks for your payment' : 'Your payment is on its way'}</h1>
      <p>
        ${message ?? (paid ? 'It has been received.' : 'The bank confirms it in the next days.')}
      </p>
      ${summary(session, items)}
    </div>`,
  )
}

export function closedPage(title: string, words: string): Html {
  return page(
    title,
    html`<div class="notice">
      <h1>${title}</h1>
      <p>${words}</p>
    </div>`,
  )
}
