import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { waitingRefunds } from '../checkout/refunding.ts'
import { deedNamed, ownerOf } from '../deeds.ts'
import type { World } from '../deeds.ts'
import { Refused } from '../errors.ts'
import { totalOf } from '../resources/line-items.ts'
import type { Books } from '../books.ts'
import { paused } from '../webhooks/deliveries.ts'
import { ledgerPage } from './ledger.ts'
import type { Ledger } from './ledger.ts'

const shown = 50

const switches: Record<string, { id: string; on: boolean }> = {
  'webhooks-off': { id: paused, on: true },
  'webhooks-on': { id: paused, on: false },
  'refunds-wait': { id: waitingRefunds, on: true },
  'refunds-at-once': { id: waitingRefunds, on: false },
}

const what = (books: Books, id: string) =>
  books
    .find('basket', id)
    ?.items.map((item) => item.description)
    .join(', ') ?? ''

function payments(books: Books): Ledger['payments'] {
  const sessions = books.list('checkout.session')
  const [disputes, refunds] = [books.list('dispute'), books.list('refund')]
  return books.list('payment_intent').map((intent) => ({
    intent,
    charge: books.find('charge', String(intent.latest_charge)),
    dispute: disputes.find((each) => each.payment_intent === intent.id),
    refunds: refunds.filter((each) => each.payment_intent === intent.id),
    what: what(books, sessions.find((each) => each.payment_intent === intent.id)?.id ?? ''),
  }))
}

function links(books: Books): Ledger['links'] {
  return books.list('payment_link').map((link) => ({
    link,
    total: totalOf(books.get('basket', link.id).items),
    what: what(books, link.id),
  }))
}

/** The page of the whole server, across accounts. */
export function ledgerRoutes(world: World): Hono {
  const routes = new Hono()
  const { booksOf, deliveries, store } = world
  const isOn = (id: string) => store.get('', 'switch', id)?.on === true
  const newest = <Row>(rows: Row[], at: (row: Row) => number) =>
    rows
      .toReversed()
      .sort((a, b) => at(b) - at(a))
      .slice(0, shown)

  function ledger(problem: string | null) {
    const books = store.accounts().map(booksOf)
    return ledgerPage({
      payments: newest(books.flatMap(payments), ({ intent }) => intent.created),
      links: newest(books.flatMap(links), ({ link }) => Number(link.active)),
      deliveries: newest(
        books.flatMap((each) => each.list('delivery')),
        ({ at }) => at,
      ),
      paused: isOn(paused),
      refundsWait: isOn(waitingRefunds),
      problem,
    })
  }

  routes.get('/', (c) => {
    c.header('Cache-Control', 'no-store')
    return c.html(ledger(null))
  })

  routes.post('/play', csrf(), async (c) => {
    const { deed: name, id } = await c.req.parseBody()
    if (typeof name !== 'string' || typeof id !== 'string') return c.notFound()
    const turned = Object.hasOwn(switches, name) ? switches[name] : undefined
    if (turned) {
      store.put('', 'switch', turned)
      return c.redirect('/', 303)
    }
    const deed = deedNamed(name)
    const books = ownerOf(world, deed?.kind ?? 'event', id)
    if (!books || (!deed && name !== 'redeliver')) return c.notFound()
    try {
      if (deed) deed.run(books, id, undefined)
      else await deliveries.again(books.account, books.get('event', id))
    } catch (error) {
      if (error instanceof Refused) return c.html(ledger(error.message), 422)
      throw error
    }
    return c.redirect('/', 303)
  })

  return routes
}
