import { paths } from '../../../paths.ts'
import type { Operation } from './operation.ts'

const pdf = {
  status: 200,
  description: 'The PDF; 503 with Retry-After while it is being made.',
} as const

export const documents: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.invoicePdf(':portal', ':invoice'),
    summary: 'An issued invoice as PDF; it never changes',
    ok: pdf,
  },
  {
    method: 'get',
    path: paths.api.creditNotePdf(':portal', ':invoice', ':note'),
    summary: 'A credit note as PDF',
    ok: pdf,
  },
  {
    method: 'get',
    path: paths.api.receiptPdf(':portal', ':invoice', ':payment'),
    summary: 'The receipt of a payment as PDF',
    ok: pdf,
  },
  {
    method: 'get',
    path: paths.api.statement(':portal'),
    summary: 'What a portal was charged and what came; with Accept: text/csv as a table',
    ok: pdf,
  },
  {
    method: 'get',
    path: paths.api.clientInvoicePdf(':token', ':invoice'),
    summary: 'An issued invoice as PDF',
    ok: pdf,
    open: true,
  },
]
