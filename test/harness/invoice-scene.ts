import { expect } from 'vitest'
import { paths, type InvoiceAction } from '../../src/paths.ts'
import { key, openScene, portal, world } from './link-scene.ts'

export { key, portal, studio, world } from './link-scene.ts'

export interface PaymentJson {
  id: string
  kind: 'payment' | 'refund' | 'reversal'
  method: string
  amount: number
  state: string
  receivedOn: string
  of: string | null
}

export interface InvoiceJson {
  id: string
  portal: string
  number: string | null
  status: 'draft' | 'open' | 'paid' | 'void'
  overdue: boolean
  currency: string
  prices: string
  lines: { description: string; quantity: string; unitAmount: number; amount: number }[]
  subtotal: number
  discount: number
  tax: number
  total: number
  paid: number
  refunded: number
  reversed: number
  credited: number
  balance: number
  credit: number
  issuedOn: string | null
  dueOn: string | null
  paidOn: string | null
  milestone: string | null
  version: number
  payments: PaymentJson[]
  creditNotes: { id: string; number: string; amount: number }[]
}

/** 'Design', two hours of 50.00 at 20 per cent: 120.00 in all. */
export const twoHours = {
  lines: [{ description: 'Design', quantity: '2', unitAmount: 5000, taxRate: '20' }],
}

/** One untaxed line that comes to this. */
export const amounting = (unitAmount: number) => ({
  lines: [{ description: 'Work', quantity: '1', unitAmount }],
})

export async function asked<T = InvoiceJson>(
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await world.api(method, path, key, body)
  expect(answer.ok, `${method} ${path} ${answer.status}`).toBe(true)
  return answer.json()
}

/** The status of what is refused. */
export const refused = async (method: string, path: string, body?: unknown, as = key) =>
  (await world.api(method, path, as, body)).status

export const draft = (body: object = twoHours, of = portal) =>
  asked('POST', paths.api.invoicesOf(of), body)

export const read = (id: string) => asked('GET', paths.api.invoice(portal, id))

export const act = (id: string, action: InvoiceAction, body?: object) =>
  asked('POST', paths.api.invoiceAction(portal, id, action), body)

export async function issued(body: object = twoHours): Promise<InvoiceJson> {
  const { id } = await draft(body)
  return act(id, 'issue')
}

type Entered<T> = T & { invoice: InvoiceJson }

export const pay = (id: string, amount: number, over: object = {}) =>
  asked<Entered<PaymentJson>>('POST', paths.api.payments(portal, id), {
    amount,
    method: 'bank',
    receivedOn: '2026-11-02',
    ...over,
  })

export const refund = (id: string, payment: string, amount: number) =>
  asked<Entered<PaymentJson>>('POST', paths.api.paymentAction(portal, id, payment, 'refund'), {
    amount,
  })

export const reverse = (id: string, payment: string) =>
  asked<Entered<PaymentJson>>('POST', paths.api.paymentAction(portal, id, payment, 'reverse'))

export const credit = (id: string, unitAmount: number) =>
  asked<{ id: string; number: string; amount: number; invoice: InvoiceJson }>(
    'POST',
    paths.api.creditNotes(portal, id),
    { ...amounting(unitAmount), reason: 'Agreed on the phone' },
  )

/** A portal of its own, in this currency. */
export async function portalIn(currency: string, over: object = {}): Promise<string> {
  const { id } = await asked<{ id: string }>('POST', paths.api.portals, {
    project: 'P',
    client: 'Halcyon Coffee',
    currency,
    contact: { name: 'X', email: 'x@y.example' },
    send: false,
    ...over,
  })
  return id
}

export const openInvoiceScene = openScene
