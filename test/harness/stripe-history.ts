import {
  dispute,
  event,
  intent,
  refund,
  session,
  type EventJson,
  type Paid,
} from './stripe-events.ts'

/** Small, and the same in every run. */
function dice(seed: number) {
  let state = (seed * 2_654_435_761) % 2_147_483_648
  return (sides: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

type Kind = 'payment' | 'refund' | 'reversal'
type State = 'pending' | 'succeeded' | 'failed'

/** One piece of money, as it really was in the end. */
interface Truth {
  id: string
  kind: Kind
  state: State
  amount: number
  /** Seconds at which that came about. */
  at: number
}

export interface StripeHistory {
  total: number
  /** In the order in which they happened. */
  events: EventJson[]
  /** What the ledger of the invoice has to hold. */
  truth: Truth[]
  /** Payments in another currency, or by a link of ours that is gone. */
  unmatched: Set<string>
}

interface Scene {
  /** The invoice's link, and a currency that it doesn't ask in. */
  link: string
  /** The ids of this history begin so. */
  name: string
  /** Seconds at which it begins. */
  from: number
}

/**
 * A life of one invoice in Stripe: payments by card and by debit, refunds, disputes, and what is nothing
 * of ours. What happened is steps apart; its events are told within a second or two.
 */
export function historyOf(seed: number, { link, name, from }: Scene): StripeHistory {
  const roll = dice(seed)
  const total = 1000 * (1 + roll(10))
  const events: EventJson[] = []
  const truth: Truth[] = []
  const unmatched = new Set<string>()
  let clock = from
  let names = 0
  const step = () => (clock += 10 + roll(5000))
  const newId = (prefix: string) => `${prefix}_${name}n${++names}`
  /** An event of that very second; `again`, one that says the same, perhaps a second later. */
  const tell = (type: string, object: Record<string, unknown>) =>
    events.push(event(type, object, clock))
  const again = (type: string, object: Record<string, unknown>) =>
    events.push(event(type, object, clock + roll(2)))
  const become = (one: Truth, state: State) => Object.assign(one, { state, at: clock })

  function pay(): Truth & { settle?: () => void } {
    step()
    const kind = roll(12)
    const elsewhere = kind === 0
    const money: Paid = {
      id: newId('pi'),
      link: elsewhere ? null : kind === 1 ? `plink_gone${name}` : link,
      amount: 1 + roll(total),
      ...(kind === 2 ? { currency: 'sek' } : {}),
      ...(elsewhere ? {} : { metadata: { invoice: 'said' } }),
    }
    const one: Truth = {
      id: money.id,
      kind: 'payment',
      state: 'pending',
      amount: money.amount,
      at: clock,
    }
    if (kind > 2) truth.push(one)
    else if (!elsewhere) unmatched.add(money.id)
    if (roll(3) > 0) {
      become(one, 'succeeded')
      if (roll(2) === 0) again('payment_intent.succeeded', intent(money, 'succeeded', clock))
      tell('checkout.session.completed', session(money, 'paid', clock))
      return one
    }
    tell('checkout.session.completed', session(money, 'unpaid', clock))
    if (roll(2) === 0) again('payment_intent.processing', intent(money, 'processing', clock))
    if (roll(5) === 0) return one
    return Object.assign(one, {
      settle() {
        step()
        const well = roll(3) > 0
        become(one, well ? 'succeeded' : 'failed')
        const how = well ? 'succeeded' : 'failed'
        tell(
          `checkout.session.async_payment_${how}`,
          session(money, well ? 'paid' : 'unpaid', clock),
        )
        if (roll(2) === 0) {
          again(
            well ? 'payment_intent.succeeded' : 'payment_intent.payment_failed',
            intent(money, well ? 'succeeded' : 'requires_payment_method', clock),
          )
        }
      },
    })
  }

  function giveBack(of: Truth, left: number) {
    step()
    const amount = 1 + roll(left)
    const one: Truth = { id: newId('re'), kind: 'refund', state: 'pending', amount, at: clock }
    if (truth.includes(of)) truth.push(one)
    const object = { id: one.id, of: of.id, amount }
    const begun = roll(2) === 0 ? 'pending' : 'succeeded'
    become(one, begun)
    tell('refund.created', refund(object, begun, clock))
    if (begun === 'pending' && roll(4) > 0) {
      step()
      const end = roll(3) > 0 ? 'succeeded' : 'failed'
      become(one, end)
      tell(end === 'failed' ? 'refund.failed' : 'refund.updated', refund(object, end, clock))
    } else if (begun === 'succeeded' && roll(8) === 0) {
      step()
      become(one, 'failed')
      tell('refund.failed', refund(object, 'failed', clock))
    }
    return one.state === 'failed' ? 0 : amount
  }

  function takeBack(of: Truth, left: number) {
    step()
    const amount = roll(3) === 0 ? 1 + roll(left) : left
    const one: Truth = { id: newId('dp'), kind: 'reversal', state: 'pending', amount, at: clock }
    if (truth.includes(of)) truth.push(one)
    const object = { id: one.id, of: of.id, amount }
    tell('charge.dispute.created', dispute(object, 'needs_response', clock))
    if (roll(2) === 0) {
      step()
      tell('charge.dispute.updated', dispute(object, 'under_review', clock))
    }
    if (roll(5) === 0) return amount
    step()
    let lost = roll(2) === 0
    const close = (turned: boolean) => {
      become(one, lost ? 'succeeded' : 'failed')
      const closed = dispute(object, lost ? 'lost' : 'won', clock)
      if (turned) again(`charge.dispute.funds_${lost ? 'withdrawn' : 'reinstated'}`, closed)
      tell('charge.dispute.closed', closed)
    }
    close(false)
    // An appeal turns it, and another turns it back.
    while (roll(3) === 0) {
      step()
      const looked = roll(4)
      if (looked === 0) {
        become(one, 'pending')
        tell('charge.dispute.updated', dispute(object, 'under_review', clock))
        step()
      } else if (looked === 1) {
        tell('charge.dispute.updated', dispute(object, 'appeal_under_review', clock))
        step()
      }
      lost = !lost
      close(true)
    }
    return lost ? amount : 0
  }

  const begun: (() => void)[] = []
  for (let steps = 2 + roll(5); steps > 0; steps--) {
    const one = pay()
    if (one.settle) begun.push(one.settle)
    if (roll(3) === 0) begun.shift()?.()
    if (one.state !== 'succeeded') continue
    let left = one.amount
    if (left > 0 && roll(3) === 0) left -= giveBack(one, left)
    if (left > 0 && roll(4) === 0) left -= giveBack(one, left)
    if (left > 0 && roll(4) === 0) left -= takeBack(one, left)
  }
  for (const settle of begun) settle()
  return { total, events, truth, unmatched }
}

/** Told in any order, and some of it again. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const roll = dice(seed + 7)
  const told = items.flatMap((item) =>
    Array.from({ length: 1 + (roll(3) === 0 ? 1 : 0) }, () => item),
  )
  for (let at = told.length - 1; at > 0; at--) {
    const other = roll(at + 1)
    const [a, b] = [told[at], told[other]]
    if (a !== undefined && b !== undefined) [told[at], told[other]] = [b, a]
  }
  return told
}

export interface Reckoning {
  paid: number
  refunded: number
  reversed: number
  status: 'open' | 'paid'
  balance: number
  credit: number
  /** The day of the last payment that it took, while it is paid. */
  paidOn: string | null
}

/**
 * What an invoice comes to, reckoned plainly from how all of it ended: money in the order of time; paid
 * once enough is there, asked for again where something was taken back and too little is left.
 */
export function reckon(
  { total, truth }: Pick<StripeHistory, 'total' | 'truth'>,
  dayOf: (seconds: number) => string,
): Reckoning {
  const sum = (kind: Kind, state: State) =>
    truth.reduce((all, one) => all + (one.kind === kind && one.state === state ? one.amount : 0), 0)
  let held = 0
  let status: Reckoning['status'] = 'open'
  const counted = truth.filter(({ state }) => state === 'succeeded')
  counted.sort((a, b) => a.at - b.at)
  let latest = ''
  let paidOn: string | null = null
  for (const { kind, amount, at } of counted) {
    held += kind === 'payment' ? amount : -amount
    if (kind === 'payment') latest = [latest, dayOf(at)].sort()[1] ?? latest
    if (held >= total) {
      paidOn ??= latest
      status = 'paid'
    } else if (kind === 'reversal') {
      paidOn = null
      status = 'open'
    }
  }
  return {
    paid: sum('payment', 'succeeded'),
    refunded: sum('refund', 'succeeded'),
    reversed: sum('reversal', 'succeeded'),
    status,
    balance: status === 'open' ? Math.max(0, total - held) : 0,
    credit: Math.max(0, held - total),
    paidOn,
  }
}

/** What of it is on its way. */
export const pendingOf = ({ truth }: Pick<StripeHistory, 'truth'>): number =>
  truth.reduce(
    (sum, { kind, state, amount }) =>
      kind === 'payment' && state === 'pending' ? sum + amount : sum,
    0,
  )
