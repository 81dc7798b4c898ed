import type { Part } from '../../features/activity/words.ts'
import { paths } from '../../paths.ts'
import { Parts } from '../../ui/parts.tsx'

// Loaded where an invoice is news.

export interface InvoiceNewsProps {
  token: string
  invoice: string
  words: Part[]
}

export const InvoiceLink = ({ token, invoice, words }: InvoiceNewsProps) => (
  <a href={paths.clientInvoice(token, invoice)}>
    <Parts of={words} />
  </a>
)
