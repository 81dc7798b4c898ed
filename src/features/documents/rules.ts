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
