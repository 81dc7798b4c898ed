import { idOf, type StripeScene } from '../harness/stripe-scene.ts'

/** What the calls name: one object of each kind, in each state that is refused. */
export interface Known {
  product: string
  offProduct: string
  price: string
  dollars: string
  offPrice: string
  link: string
  usedUp: string
  /** Paid: 50.00 of 50.00 left, none left, 500.00 ISK, disputed. */
  intent: string
  refunded: string
  kronas: string
  disputed: string
  processing: string
  waiting: string
  complete: string
}

export async function known(scene: StripeScene): Promise<Known> {
  const { stripe, link, open, pay, control, submit } = scene
  const product = await stripe.products.create({ name: 'Design' })
  const price = (currency: string) =>
    stripe.prices.create({ product: product.id, currency, unit_amount: 5000 })
  const offProduct = await stripe.products.create({ name: 'Gone', active: false })
  const offPrice = await price('eur')
  await stripe.prices.update(offPrice.id, { active: false })
  const paid = async (amount: number, currency = 'eur') =>
    idOf((await pay((await link(amount, currency)).url, 'card')).payment_intent)
  const refunded = await paid(5000)
  await stripe.refunds.create({ payment_intent: refunded })
  const disputed = await paid(5000)
  await control('dispute', { payment_intent: disputed })
  const debit = await pay((await link(5000)).url, 'debit')
  const once = await link(5000, 'eur', { restrictions: { completed_sessions: { limit: 1 } } })
  const complete = await pay(once.url, 'card')
  const declined = await link(5000)
  const session = await open(declined.url)
  await submit(declined.url, { session, outcome: 'decline' })
  const waiting = await stripe.checkout.sessions.retrieve(session)
  return {
    product: product.id,
    offProduct: offProduct.id,
    price: (await price('eur')).id,
    dollars: (await price('usd')).id,
    offPrice: offPrice.id,
    link: declined.id,
    usedUp: once.id,
    intent: await paid(5000),
    refunded,
    kronas: await paid(50_000, 'isk'),
    disputed,
    processing: idOf(debit.payment_intent),
    waiting: idOf(waiting.payment_intent),
    complete: complete.id,
  }
}
