import type { Context } from 'hono'
import type { PaperWanted } from '../features/documents/rules.ts'

// Which PDF an address below a portal names, at every door alike.

const param = (c: Context, name: 'invoice' | 'note' | 'payment'): string => c.req.param(name) ?? ''

export const theInvoice = (c: Context): PaperWanted => ({
  kind: 'invoice',
  invoice: param(c, 'invoice'),
})

export const theCreditNote = (c: Context): PaperWanted => ({
  kind: 'credit-note',
  invoice: param(c, 'invoice'),
  of: param(c, 'note'),
})

export const theReceipt = (c: Context): PaperWanted => ({
  kind: 'receipt',
  invoice: param(c, 'invoice'),
  of: param(c, 'payment'),
})

export const theStatement = (): PaperWanted => ({ kind: 'statement' })
