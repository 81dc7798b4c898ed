import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { debitOf } from '../checkout/methods.ts'
import { decline, payByCard, payByDebit } from '../checkout/pay.ts'
import { currentSession, isUsedUp, openSession } from '../checkout/sessions.ts'
import { ownerOf } from '../controls.ts'
import type { Controls } from '../controls.ts'
import { checkoutPage, closedPage, confirmationPage } from './checkout.ts'

type Session = Stripe.Checkout.Session
type Link = Stripe.PaymentLink

const closed = 'The link is no longer active.'

function field(form: Record<string, unknown>, name: string): string {
  const value = form[name]
  return typeof value === 'string' ? value.trim() : ''
}

function linkOf(books: Books, session: Session): Link | undefined {
  const { payment_link: link } = session
  return typeof link === 'string' ? books.find('payment_link', link) : undefined
}

/** What the buyer sees of a session as it stands. */
function shown(c: Context, books: Books, session: Session, problem: string | null = null) {
  const { items } = books.get('basket', session.id)
  if (session.status === 'expired') {
    return c.html(
      closedPage('This page has expired', 'Please ask for the payment link again.'),
      410,
    )
  }
  if (session.status === 'complete') {
    const message = linkOf(books, session)?.after_completion.hosted_confirmation?.custom_message
    return c.html(confirmationPage(session, items, message ?? null))
  }
  return c.html(checkoutPage(session, items, problem))
}

function afterwards(c: Context, session: Session) {
  if (session.success_url === null) return c.redirect(`/c/pay/${session.id}`, 303)
  return c.redirect(session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303)
}

async function paid(c: Context, books: Books, session: Session, form: Record<string, unknown>) {
  // A second submit, or a tab left open: nothing happens twice.
  if (session.status === 'complete') return afterwards(c, session)
  if (session.status === 'expired') return shown(c, books, session)
  const link = linkOf(books, session)
  if (link && isUsedUp(link)) return c.html(inactivePage(link), 410)
  const payer = {
    email: field(form, 'email') || 'buyer@client.example',
    name: field(form, 'name') || null,
  }
  const debit = debitOf(session.payment_method_types)
  const byCard = session.payment_method_types.includes('card')
  switch (field(form, 'outcome')) {
    case 'card':
      if (byCard) return afterwards(c, payByCard(books, session, payer))
      break
    case 'decline':
      if (byCard) {
        const after = decline(books, session, payer)
        return shown(c, books, after, 'Your card was declined. Try again, or pay another way.')
      }
      break
    case 'debit':
      if (debit) return afterwards(c, payByDebit(books, session, debit, payer))
  }
  const words = 'Choose one of the ways to pay below: this one is not offered here.'
  return c.html(checkoutPage(session, books.get('basket', session.id).items, words), 422)
}

function inactivePage(link: Link) {
  return closedPage(closed, link.inactive_message ?? 'Please contact the business for a new one.')
}

/** The pages at payment links and sessions. Opening a link's page opens a session, as Stripe's does. */
export function checkoutRoutes(controls: Controls): Hono {
  const routes = new Hono()
  routes.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })

  const found = (slug: string) => {
    const id = slug.replace(/^test_/, 'plink_')
    const books = ownerOf(controls, 'payment_link', id)
    return books && { books, link: books.get('payment_link', id) }
  }

  const opened = (c: Context, books: Books, link: Link) =>
    openSession(books, link, {
      email: c.req.query('prefilled_email'),
      reference: /^[\w-]{1,200}$/.exec(c.req.query('client_reference_id') ?? '')?.[0],
    })

  routes.get('/b/:slug', (c) => {
    const at = found(c.req.param('slug'))
    if (!at) return c.notFound()
    if (!at.link.active || isUsedUp(at.link)) return c.html(inactivePage(at.link))
    return shown(c, at.books, opened(c, at.books, at.link))
  })

  routes.post('/b/:slug', async (c) => {
    const at = found(c.req.param('slug'))
    if (!at) return c.notFound()
    const form = await c.req.parseBody()
    const id = field(form, 'session')
    if (id !== '') {
      const known = at.books.find('checkout.session', id)
      if (known?.payment_link !== at.link.id) return c.notFound()
      return paid(c, at.books, currentSession(at.books, id), form)
    }
    if (!at.link.active || isUsedUp(at.link)) return c.html(inactivePage(at.link), 410)
    return paid(c, at.books, opened(c, at.books, at.link), form)
  })

  routes.get('/c/pay/:session', (c) => {
    const books = ownerOf(controls, 'checkout.session', c.req.param('session'))
    if (!books) return c.notFound()
    return shown(c, books, currentSession(books, c.req.param('session')))
  })

  routes.post('/c/pay/:session', async (c) => {
    const books = ownerOf(controls, 'checkout.session', c.req.param('session'))
    if (!books) return c.notFound()
    const session = currentSession(books, c.req.param('session'))
    return paid(c, books, session, await c.req.parseBody())
  })

  return routes
}
