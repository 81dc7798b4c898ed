import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { rebuild } from '../src/features/invoices/derived.ts'
import { standingOf } from '../src/features/invoices/ledger.ts'
import { settle } from '../src/features/invoices/settle.ts'
import { paths } from '../src/paths.ts'
import { reckoned, run, stored } from './harness/history.ts'
import {
  act,
  amounting,
  asked,
  credit,
  draft,
  issued,
  key,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  read,
  refund,
  refused,
  reverse,
  studio,
  world,
  type InvoiceJson,
} from './harness/invoice-scene.ts'
import { withoutJobs } from './harness/no-jobs.ts'

beforeEach(async () => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  await openInvoiceScene()
  await withoutJobs(env.DB)
})

const hundred = () => issued(amounting(10_000))

const paymentsOf = (id: string) => paths.api.payments(portal, id)
const payment = { amount: 4000, method: 'bank', receivedOn: '2026-11-02' }

describe('a payment', () => {
  it('counts towards what is owed, in parts, and what is too much is the client’s', async () => {
    const { id } = await hundred()
    const first = await pay(id, 4000, { note: 'Half, nearly' })
    expect(first).toEqual({
      id: first.id,
      kind: 'payment',
      method: 'bank',
      amount: 4000,
      state: 'succeeded',
      receivedOn: '2026-11-02',
      note: 'Half, nearly',
      by: 'owner key',
      of: null,
      invoice: expect.objectContaining({ status: 'open', paid: 4000, balance: 6000, credit: 0 }),
    })
    vi.setSystemTime(Date.now() + 1)
    const { invoice } = await pay(id, 7500, { method: 'cash' })
    expect(invoice).toMatchObject({ status: 'paid', paid: 11_500, balance: 0, credit: 1500 })
    expect(invoice.payments.map(({ amount }) => amount)).toEqual([4000, 7500])
    vi.setSystemTime(Date.now() + 1)
    expect((await pay(id, 500)).invoice).toMatchObject({ status: 'paid', credit: 2000 })
  })

  it.each([
    ['something', { ...payment, amount: 0 }, 'amount'],
    ['whole minor units', { ...payment, amount: 0.5 }, 'amount'],
    ['a way it came', { ...payment, method: 'stripe' }, 'method'],
    ['a day', { ...payment, receivedOn: 'today' }, 'receivedOn'],
    ['a year that people are paid in', { ...payment, receivedOn: '0026-11-02' }, 'receivedOn'],
    ['a day that has come', { ...payment, receivedOn: '2026-11-11' }, 'receivedOn'],
  ])('is %s', async (_, body, path) => {
    const { id } = await hundred()
    const answer = await world.api('POST', paymentsOf(id), key, body)
    expect(answer.status).toBe(422)
    const { errors } = await answer.json<{ errors: { path: string }[] }>()
    expect(errors.map((error) => error.path)).toEqual([path])
  })

  it('is in steps of its currency', async () => {
    const iceland = await portalIn('ISK')
    const { id } = await draft(amounting(10_000), iceland)
    await asked('POST', paths.api.invoiceAction(iceland, id, 'issue'))
    const path = paths.api.payments(iceland, id)
    expect(await refused('POST', path, { ...payment, amount: 150 })).toBe(422)
    expect(await refused('POST', path, { ...payment, amount: 200 })).toBe(201)
  })

  it('is none of a draft, and is of an archived portal’s invoice all the same', async () => {
    const sketch = await draft(amounting(10_000))
    expect(await refused('POST', paymentsOf(sketch.id), payment)).toBe(409)
    const { id } = await hundred()
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    expect((await pay(id, 10_000)).invoice.status).toBe('paid')
  })

  it('counts once by its id, and both of two at the same instant', async () => {
    const { id } = await hundred()
    const own = { ...payment, id: '01a20383-51d4-730e-bdd6-3c30997306b0' }
    const clicks = await Promise.all([1, 2, 3].map(() => refused('POST', paymentsOf(id), own)))
    expect(clicks).toEqual([201, 201, 201])
    expect(await read(id)).toMatchObject({ paid: 4000, balance: 6000 })
    const other = await hundred()
    expect(await refused('POST', paymentsOf(other.id), own)).toBe(409)
    await Promise.all(Array.from({ length: 20 }, () => pay(id, 300)))
    const now = await read(id)
    expect(now).toMatchObject({ status: 'paid', paid: 10_000, balance: 0, credit: 0 })
    expect(now.payments).toHaveLength(21)
  })

  it('of yen is kept in yen', async () => {
    const japan = await portalIn('JPY')
    const { id } = await draft(amounting(1240), japan)
    await asked('POST', paths.api.invoiceAction(japan, id, 'issue'))
    await asked('POST', paths.api.payments(japan, id), { ...payment, amount: 1240 })
    const { items } = await asked<{ items: { text: string }[] }>(
      'GET',
      paths.api.portalActivity(japan),
    )
    expect(items.some(({ text }) => /a payment of JP¥1,240 for INV-/.test(text))).toBe(true)
  })
})

describe('a refund', () => {
  it('gives back and never asks for it again', async () => {
    const { id } = await hundred()
    const whole = await pay(id, 12_000)
    const over = await refund(id, whole.id, 2000)
    expect(over).toMatchObject({ kind: 'refund', of: whole.id, receivedOn: '2026-11-10' })
    expect(over.invoice).toMatchObject({ status: 'paid', refunded: 2000, credit: 0, balance: 0 })
    const { invoice } = await refund(id, whole.id, 10_000)
    expect(invoice).toMatchObject({ status: 'paid', refunded: 12_000, balance: 0, credit: 0 })
  })

  it('is at most what is left of its payment, however many come at once', async () => {
    const { id } = await hundred()
    const { id: of } = await pay(id, 10_000)
    const path = paths.api.paymentAction(portal, id, of, 'refund')
    expect(await refused('POST', path, { amount: 10_001 })).toBe(422)
    const all = await Promise.all(
      Array.from({ length: 6 }, () => refused('POST', path, { amount: 3000 })),
    )
    expect(all.filter((status) => status === 201)).toHaveLength(3)
    expect(all.filter((status) => status === 422)).toHaveLength(3)
    expect(await refused('POST', path, { amount: 1001 })).toBe(422)
    await refund(id, of, 1000)
    expect(await refused('POST', path, { amount: 1 })).toBe(409)
    expect(await read(id)).toMatchObject({ refunded: 10_000, status: 'paid' })
  })

  it('is of a payment of the same invoice, and of no refund', async () => {
    const [one, two] = [await hundred(), await hundred()]
    const { id: of } = await pay(one.id, 5000)
    const body = { amount: 100 }
    const at = (invoice: string, entry: string) =>
      paths.api.paymentAction(portal, invoice, entry, 'refund')
    expect(await refused('POST', at(two.id, of), body)).toBe(404)
    const back = await refund(one.id, of, 500)
    expect(await refused('POST', at(one.id, back.id), body)).toBe(409)
    expect(await refused('POST', at(one.id, one.id), body)).toBe(404)
  })
})

describe('a reversal', () => {
  it('asks again for what a wrong entry had settled, once', async () => {
    const { id } = await hundred()
    const { id: of } = await pay(id, 10_000)
    const back = await reverse(id, of)
    expect(back).toMatchObject({ kind: 'reversal', amount: 10_000, of })
    expect(back.invoice).toMatchObject({ status: 'open', balance: 10_000, reversed: 10_000 })
    const again = await Promise.all([reverse(id, of), reverse(id, of)])
    expect(again.map((entry) => entry.id)).toEqual([back.id, back.id])
    expect((await read(id)).payments).toHaveLength(2)
  })

  it('is one, and the answer to each of several at once', async () => {
    const { id } = await hundred()
    const { id: of } = await pay(id, 10_000)
    const clicks = await Promise.all([1, 2, 3, 4].map(() => reverse(id, of)))
    expect(new Set(clicks.map((entry) => entry.id)).size).toBe(1)
    expect(await read(id)).toMatchObject({ status: 'open', balance: 10_000, reversed: 10_000 })
  })

  it('takes back what refunds have left of it', async () => {
    const { id } = await hundred()
    const { id: of } = await pay(id, 10_000)
    await refund(id, of, 4000)
    const { invoice, amount } = await reverse(id, of)
    expect(amount).toBe(6000)
    expect(invoice).toMatchObject({ status: 'open', paid: 10_000, balance: 10_000 })
    const other = await hundred()
    const { id: whole } = await pay(other.id, 10_000)
    await refund(other.id, whole, 10_000)
    const path = paths.api.paymentAction(portal, other.id, whole, 'reverse')
    expect(await refused('POST', path)).toBe(409)
  })

  it('lets stand what is paid without it', async () => {
    const { id } = await hundred()
    const twice = await pay(id, 10_000)
    await pay(id, 10_000)
    const { invoice } = await reverse(id, twice.id)
    expect(invoice).toMatchObject({ status: 'paid', credit: 0, balance: 0 })
  })

  it('and a refund at the same instant never give back more than came', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await hundred()
      const { id: of } = await pay(id, 10_000)
      await Promise.all([
        world.api('POST', paths.api.paymentAction(portal, id, of, 'reverse'), key),
        world.api('POST', paths.api.paymentAction(portal, id, of, 'refund'), key, { amount: 6000 }),
      ])
      const { paid, refunded, reversed } = await read(id)
      expect(refunded + reversed).toBeLessThanOrEqual(paid)
    }
  })
})

describe('a credit note', () => {
  it('takes off what is owed, with its own tax', async () => {
    const { id } = await issued({
      lines: [{ description: 'Design', quantity: '1', unitAmount: 10_000, taxRate: '20' }],
    })
    const body = {
      lines: [{ description: 'Design', quantity: '0.5', unitAmount: 10_000, taxRate: '20' }],
      reason: 'Half of it was not needed',
    }
    const note = await asked<{ invoice: InvoiceJson }>(
      'POST',
      paths.api.creditNotes(portal, id),
      body,
    )
    expect(note).toMatchObject({ number: 'CN-2026-001', amount: 6000, issuedOn: '2026-11-10' })
    expect(note.invoice).toMatchObject({ status: 'open', credited: 6000, balance: 6000 })
    expect(await refused('POST', paths.api.creditNotes(portal, id), { ...body, reason: '' })).toBe(
      422,
    )
  })

  it('of all that is owed settles it, and of what is paid is the client’s credit', async () => {
    const open = await hundred()
    vi.setSystemTime(Date.parse('2026-11-20T12:00:00Z'))
    const { invoice: none } = await credit(open.id, 10_000)
    expect(none).toMatchObject({ status: 'paid', balance: 0, paidOn: '2026-11-20' })
    const paid = await hundred()
    await pay(paid.id, 10_000)
    const { invoice } = await credit(paid.id, 2500)
    expect(invoice).toMatchObject({ status: 'paid', credited: 2500, credit: 2500 })
    const half = await hundred()
    await pay(half.id, 4000)
    expect((await credit(half.id, 6000)).invoice).toMatchObject({ status: 'paid', credit: 0 })
  })

  it('is at most what is left, of an issued invoice that stands', async () => {
    const { id } = await hundred()
    const path = paths.api.creditNotes(portal, id)
    const body = (unitAmount: number) => ({ ...amounting(unitAmount), reason: 'x' })
    expect(await refused('POST', path, body(10_001))).toBe(422)
    expect(await refused('POST', path, body(0))).toBe(422)
    const all = await Promise.all(
      Array.from({ length: 5 }, () => refused('POST', path, body(4000))),
    )
    expect(all.sort()).toEqual([201, 201, 422, 422, 422])
    const counted = await env.DB.prepare(
      `select last from invoice_counter where series = 'credit-note'`,
    ).first('last')
    expect(counted).toBe(2)
    const sketch = await draft()
    expect(await refused('POST', paths.api.creditNotes(portal, sketch.id), body(1))).toBe(409)
    const gone = await hundred()
    await act(gone.id, 'void')
    expect(await refused('POST', paths.api.creditNotes(portal, gone.id), body(1))).toBe(409)
  })
})

describe('voiding', () => {
  it('ends an open invoice, with a reason, once', async () => {
    const { id } = await hundred()
    const gone = await act(id, 'void', { reason: 'Wrong client' })
    expect(gone).toMatchObject({
      status: 'void',
      balance: 0,
      credit: 0,
      voidReason: 'Wrong client',
    })
    expect(await act(id, 'void', { reason: 'Another' })).toEqual(gone)
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'issue'))).toBe(409)
    const kinds = await env.DB.prepare(
      `select count(*) as n from activity where kind = 'invoice.voided'`,
    ).first('n')
    expect(kinds).toBe(1)
  })

  it('is refused while money is held or on its way, and for what is no open invoice', async () => {
    const path = (id: string) => paths.api.invoiceAction(portal, id, 'void')
    const sketch = await draft()
    expect(await refused('POST', path(sketch.id))).toBe(409)
    const { id } = await hundred()
    const { id: of } = await pay(id, 1)
    expect(await refused('POST', path(id))).toBe(409)
    await refund(id, of, 1)
    // As a bank debit would be that has not come yet.
    await env.DB.prepare(`update payment set state = 'pending' where id = ?`).bind(of).run()
    await run(settle(id))
    expect(await refused('POST', path(id))).toBe(409)
    await env.DB.prepare(`update payment set state = 'failed' where id = ?`).bind(of).run()
    await run(settle(id))
    expect(await refused('POST', path(id))).toBe(200)
    const settled = await hundred()
    await pay(settled.id, 10_000)
    expect(await refused('POST', path(settled.id))).toBe(409)
  })

  it('leaves what comes afterwards to the client', async () => {
    const { id } = await hundred()
    await act(id, 'void')
    const late = await pay(id, 10_000)
    expect(late.invoice).toMatchObject({ status: 'void', balance: 0, credit: 10_000 })
    expect((await refund(id, late.id, 4000)).invoice).toMatchObject({ credit: 6000 })
    expect((await reverse(id, late.id)).invoice).toMatchObject({ status: 'void', credit: 0 })
  })

  it('and a payment at the same instant leave no money unseen', async () => {
    for (let round = 0; round < 12; round++) {
      const { id } = await hundred()
      const both = [
        world.api('POST', paths.api.invoiceAction(portal, id, 'void'), key),
        world.api('POST', paymentsOf(id), key, payment),
      ]
      await Promise.all(round % 2 === 0 ? both : both.toReversed())
      const now = await read(id)
      expect(now.paid).toBe(4000)
      if (now.status === 'void') expect(now).toMatchObject({ balance: 0, credit: 4000 })
      else expect(now).toMatchObject({ status: 'open', balance: 6000 })
    }
  })
})

describe('a retainer', () => {
  it('takes payments again and again without credit, until it is ended', async () => {
    const { id } = await issued({ ...amounting(10_000), repeatable: true })
    await pay(id, 10_000)
    const { invoice } = await pay(id, 10_000)
    expect(invoice).toMatchObject({ status: 'paid', paid: 20_000, balance: 0, credit: 0 })
    const ended = await act(id, 'end')
    expect(ended).toMatchObject({ endedAt: expect.any(String) })
    expect(await act(id, 'end')).toEqual(ended)
    const once = await hundred()
    expect(await refused('POST', paths.api.invoiceAction(portal, once.id, 'end'))).toBe(409)
    const sketch = await draft({ ...amounting(1), repeatable: true })
    expect(await refused('POST', paths.api.invoiceAction(portal, sketch.id, 'end'))).toBe(409)
  })
})

it('is the owners’ and admins’ to take back, and everybody’s to enter', async () => {
  const member = await studio.key('member')
  const { id } = await hundred()
  const by = (path: string, body: object) => refused('POST', path, body, member)
  expect(await by(paymentsOf(id), payment)).toBe(201)
  const [entry] = (await read(id)).payments
  const of = entry?.id ?? ''
  expect(await by(paths.api.paymentAction(portal, id, of, 'refund'), { amount: 1 })).toBe(403)
  expect(await by(paths.api.paymentAction(portal, id, of, 'reverse'), {})).toBe(403)
  const note = { ...amounting(1), reason: 'x' }
  expect(await by(paths.api.creditNotes(portal, id), note)).toBe(403)
  expect(await by(paths.api.invoiceAction(portal, id, 'void'), {})).toBe(403)
})

/** Small, and the same in every run. */
function dice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

const happened = async () => {
  const { results } = await env.DB.prepare('select distinct kind from payment order by kind').all<{
    kind: string
  }>()
  return results.map(({ kind }) => kind)
}

describe('after any history', () => {
  it.each([1, 2, 3, 4])('what is stored is what its sources say (%i)', async (seed) => {
    const roll = dice(seed)
    const invoices: string[] = []
    const some = () => invoices[roll(invoices.length)] ?? ''
    const days = ['2026-10-01', '2026-11-01', '2026-11-09', '2026-12-01']
    for (let step = 0; step < 60; step++) {
      vi.setSystemTime(Date.now() + 1)
      const dueOn = days[roll(4)]
      const id = some()
      const before = id === '' ? undefined : await read(id)
      const entries = before?.payments.filter(({ kind }) => kind === 'payment') ?? []
      const entry = entries[roll(entries.length)]?.id ?? id
      const doings: (() => Promise<unknown>)[] = [
        async () => {
          const made = await draft({
            ...amounting(1000 * roll(12)),
            dueOn,
            repeatable: roll(5) === 0,
          })
          if (roll(8) > 0) await act(made.id, 'issue')
          invoices.push(made.id)
        },
        () =>
          refused('POST', paymentsOf(id), {
            ...payment,
            amount: 1 + roll(9000),
            receivedOn: days[roll(3)],
          }),
        () =>
          refused('POST', paths.api.paymentAction(portal, id, entry, 'refund'), {
            amount: 1 + roll(4000),
          }),
        () => refused('POST', paths.api.paymentAction(portal, id, entry, 'reverse')),
        () =>
          refused('POST', paths.api.creditNotes(portal, id), {
            ...amounting(1 + roll(5000)),
            reason: 'x',
          }),
        () => refused('POST', paths.api.invoiceAction(portal, id, 'void')),
      ]
      const [open, money] = [doings[0], doings[1]]
      const doing = invoices.length < 3 ? open : roll(3) === 0 ? money : doings[roll(doings.length)]
      // Now and then two at the same instant.
      await Promise.all([doing?.(), roll(4) === 0 ? money?.() : undefined])
    }
    expect(await stored()).toEqual(await reckoned())
    expect(await happened()).toEqual(['payment', 'refund', 'reversal'])
    for (const id of invoices) {
      const now = await read(id)
      const { status, balance, credit } = now
      const facts = { ...now, repeatable: 'repeatable' in now && now.repeatable === true }
      expect(standingOf(facts, false), id).toEqual({ status, balance, credit })
      // Made anew, it is the same.
      await run(settle(id))
      expect(await read(id)).toEqual({ ...now, version: now.version + 1 })
    }
    for (const statement of rebuild) await run(statement)
    expect(await stored()).toEqual(await reckoned())
  })
})
