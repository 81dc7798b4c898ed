export const documentKinds = ['invoice', 'credit-note', 'receipt', 'statement'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** What is drawn: of an invoice, a credit note, a payment, or a whole portal. */
export interface DocumentOf {
  kind: DocumentKind
  /** The id of what it is of. */
  of: string
}

/** Only a statement is made again: it follows the ledger. */
export const changes = (kind: DocumentKind): boolean => kind === 'statement'

/** One job for one document, however often it was asked for. */
export const jobKey = ({ kind, of }: DocumentOf): string => `document:${kind}:${of}`

/** Which PDF of an invoice somebody asks for; `of` is the credit note or the payment. */
export type PaperAsked =
  { kind: 'invoice' } | { kind: 'credit-note'; of: string } | { kind: 'receipt'; of: string }

/** Below a portal: its statement, or what belongs to one of its invoices. */
export type PaperWanted = { kind: 'statement' } | (PaperAsked & { invoice: string })
