interface Derived {
  key: string
  invoiceId: string
  contactId: string
  version: number
}

/** What the token of an invoice is the HMAC of; no link's text looks like it. */
export const invoiceTokenText = ({ key, invoiceId, contactId, version }: Derived): string =>
  `v1|${key}|invoice|${invoiceId}|${contactId}|${version}`
