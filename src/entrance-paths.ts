// The addresses that every client's page evaluates; `paths.ts` has them all.

export type ClientAnswer = 'approve' | 'request-changes'
export type FileAction = 'content' | 'preview' | 'rename' | 'delete' | 'restore'

export const entrancePaths = {
  home: '/',
  robots: '/robots.txt',
  dashboard: '/dashboard',
  /** What all addresses that others report to begin with. */
  webhookRoot: '/api/webhooks/',

  /** The client door. */
  portal: <T extends string>(token: T) => `/portal/${token}` as const,
  clientMessages: <T extends string>(token: T) => `/portal/${token}/messages` as const,
  /** News by email, turned on again. */
  clientNews: <T extends string>(token: T) => `/portal/${token}/news` as const,
  clientAnswer: <T extends string, M extends string>(
    token: T,
    milestone: M,
    answer: ClientAnswer | 'approve-and-pay',
  ) => `/portal/${token}/milestones/${milestone}/${answer}` as const,
  /** To look at, and to print. */
  clientInvoice: <T extends string, I extends string>(token: T, invoice: I) =>
    `/portal/${token}/invoices/${invoice}` as const,
  /** Goes on to where it is paid, or says why not. */
  clientPay: <T extends string, I extends string>(token: T, invoice: I) =>
    `/portal/${token}/invoices/${invoice}/pay` as const,
  clientInvoicePdf: <T extends string, I extends string>(token: T, invoice: I) =>
    `/portal/${token}/invoices/${invoice}/pdf` as const,
  clientCreditNotePdf: <T extends string, I extends string, N extends string>(
    token: T,
    invoice: I,
    note: N,
  ) => `/portal/${token}/invoices/${invoice}/credit-notes/${note}/pdf` as const,
  clientReceipt: <T extends string, I extends string, Y extends string>(
    token: T,
    invoice: I,
    payment: Y,
  ) => `/portal/${token}/invoices/${invoice}/payments/${payment}/receipt` as const,
  clientStatement: <T extends string>(token: T) => `/portal/${token}/statement` as const,
  /** "I'll pay on ..." and "there is a problem". */
  clientInvoiceAnswer: <T extends string, I extends string>(token: T, invoice: I) =>
    `/portal/${token}/invoices/${invoice}/answer` as const,
  /** One invoice, for whoever was sent its mail; the token is the credential. */
  invoicePage: <T extends string>(token: T) => `/invoice/${token}` as const,
  invoicePay: <T extends string>(token: T) => `/invoice/${token}/pay` as const,
  invoicePdf: <T extends string>(token: T) => `/invoice/${token}/pdf` as const,
  invoiceCreditNotePdf: <T extends string, N extends string>(token: T, note: N) =>
    `/invoice/${token}/credit-notes/${note}/pdf` as const,
  invoiceReceipt: <T extends string, Y extends string>(token: T, payment: Y) =>
    `/invoice/${token}/payments/${payment}/receipt` as const,
  invoiceAnswer: <T extends string>(token: T) => `/invoice/${token}/answer` as const,
  /** Where Stripe sends whoever has paid; it opens nothing. */
  paid: <L extends string>(link: L) => `/paid/${link}` as const,
  clientFiles: <T extends string>(token: T) => `/portal/${token}/files` as const,
  /** Of every file at once, or of those that `?file=` names. */
  clientArchive: <T extends string>(token: T) => `/portal/${token}/files.zip` as const,
  clientFile: <T extends string, F extends string>(token: T, file: F) =>
    `/portal/${token}/files/${file}` as const,
  /** Its bytes, to keep or, where that is safe, to look at. */
  clientFileAction: <T extends string, F extends string>(
    token: T,
    file: F,
    action: Extract<FileAction, 'content' | 'preview'>,
  ) => `/portal/${token}/files/${file}/${action}` as const,
  askForLink: <T extends string>(token: T) => `/portal/${token}/ask` as const,

  /** An organisation's logo, open to everybody; `file` changes with its content. */
  logoFile: <O extends string, F extends string>(organizationId: O, file: F) =>
    `/logo/${organizationId}/${file}` as const,
} as const
