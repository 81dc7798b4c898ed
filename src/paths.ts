import { entrancePaths, type ClientAnswer, type FileAction } from './entrance-paths.ts'

// Every address of the product. The functions take ids, or route parameters such as ':portal', which
// their return types keep, so that a handler knows its parameters.

const dashboard = <O extends string>(organization: O) => `/dashboard/${organization}` as const
const portalOf = <O extends string, P extends string>(organization: O, portal: P) =>
  `${dashboard(organization)}/portals/${portal}` as const
const linkOf = <O extends string, P extends string, L extends string>(
  organization: O,
  portal: P,
  link: L,
) => `${portalOf(organization, portal)}/links/${link}` as const

const invoiceOf = <O extends string, P extends string, I extends string>(
  organization: O,
  portal: P,
  invoice: I,
) => `${portalOf(organization, portal)}/invoices/${invoice}` as const

const apiPortal = <P extends string>(portal: P) => `/api/portals/${portal}` as const
const apiLink = <P extends string, L extends string>(portal: P, link: L) =>
  `${apiPortal(portal)}/links/${link}` as const

const apiInvoice = <P extends string, I extends string>(portal: P, invoice: I) =>
  `${apiPortal(portal)}/invoices/${invoice}` as const

const billing = <O extends string>(organization: O) =>
  `${dashboard(organization)}/settings/billing` as const

const team = <O extends string>(organization: O) => `${dashboard(organization)}/team` as const
const settings = <O extends string>(organization: O) =>
  `${dashboard(organization)}/settings` as const

// Pages of a person, of no organisation: no slug begins with a hyphen.
const account = '/dashboard/-/account'

export type PortalAction = 'archive' | 'restore' | 'delete' | 'duplicate' | RemindersAction
/** Of one invoice, or of all of a portal. */
export type RemindersAction = 'pause-reminders' | 'resume-reminders'
export type MemberAction = 'role' | 'remove' | 'transfer'
export type InvitationAction = 'resend' | 'revoke'
export type MilestoneAction = 'progress' | 'move' | 'request-approval' | 'delete'
export type MessageAction = 'archive' | 'restore'
export type RequestAction = 'close' | 'reopen'
export type InvoiceAction =
  'issue' | 'void' | 'end' | 'duplicate' | 'send' | 'remind' | 'clear-answer' | RemindersAction
/** What a form on an invoice's page asks for. */
export type InvoiceFormAction = InvoiceAction | 'delete'
export type PaymentSettingsAction = 'key' | 'secret' | 'old-secret' | 'check' | 'remove' | 'forget'
export type PaymentAction = 'refund' | 'reverse'
export type LinkAction = 'pause' | 'resume' | 'replace' | 'send' | 'reveal' | 'delete' | 'view'
export type ApiLinkAction = Exclude<LinkAction, 'delete' | 'view'>

export const paths = {
  ...entrancePaths,
  healthz: '/healthz',
  signIn: '/sign-in',
  confirm: '/sign-in/confirm',
  signOut: '/sign-out',

  organization: dashboard,
  portals: <O extends string>(organization: O) => `${dashboard(organization)}/portals` as const,
  newPortal: <O extends string>(organization: O) =>
    `${dashboard(organization)}/portals/new` as const,
  portalOf,
  editPortal: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/edit` as const,
  portalAction: <O extends string, P extends string>(
    organization: O,
    portal: P,
    action: PortalAction,
  ) => `${portalOf(organization, portal)}/${action}` as const,
  links: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/links` as const,
  newLink: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/links/new` as const,
  link: linkOf,
  linkAction: <O extends string, P extends string, L extends string>(
    organization: O,
    portal: P,
    link: L,
    action: LinkAction,
  ) => `${linkOf(organization, portal, link)}/${action}` as const,
  milestones: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/milestones` as const,
  milestone: <O extends string, P extends string, M extends string>(
    organization: O,
    portal: P,
    milestone: M,
  ) => `${portalOf(organization, portal)}/milestones/${milestone}` as const,
  milestoneAction: <O extends string, P extends string, M extends string>(
    organization: O,
    portal: P,
    milestone: M,
    action: MilestoneAction,
  ) => `${portalOf(organization, portal)}/milestones/${milestone}/${action}` as const,
  saveTemplate: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/template` as const,
  useTemplate: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/template/use` as const,
  templates: <O extends string>(organization: O) => `${settings(organization)}/templates` as const,
  deleteTemplate: <O extends string, T extends string>(organization: O, template: T) =>
    `${settings(organization)}/templates/${template}/delete` as const,
  messages: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/messages` as const,
  messageAction: <O extends string, P extends string, M extends string>(
    organization: O,
    portal: P,
    message: M,
    action: MessageAction,
  ) => `${portalOf(organization, portal)}/messages/${message}/${action}` as const,
  readMessages: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/messages/read` as const,
  files: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/files` as const,
  archive: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/files.zip` as const,
  file: <O extends string, P extends string, F extends string>(
    organization: O,
    portal: P,
    file: F,
  ) => `${portalOf(organization, portal)}/files/${file}` as const,
  fileAction: <O extends string, P extends string, F extends string>(
    organization: O,
    portal: P,
    file: F,
    action: FileAction,
  ) => `${portalOf(organization, portal)}/files/${file}/${action}` as const,
  fileRequests: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/file-requests` as const,
  fileRequestAction: <O extends string, P extends string, R extends string>(
    organization: O,
    portal: P,
    request: R,
    action: RequestAction,
  ) => `${portalOf(organization, portal)}/file-requests/${request}/${action}` as const,
  invoicesOf: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/invoices` as const,
  newInvoice: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/invoices/new` as const,
  invoice: invoiceOf,
  editInvoice: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
  ) => `${invoiceOf(organization, portal, invoice)}/edit` as const,
  invoiceAction: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
    action: InvoiceFormAction,
  ) => `${invoiceOf(organization, portal, invoice)}/${action}` as const,
  creditNotes: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
  ) => `${invoiceOf(organization, portal, invoice)}/credit-notes` as const,
  payments: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
  ) => `${invoiceOf(organization, portal, invoice)}/payments` as const,
  paymentAction: <O extends string, P extends string, I extends string, Y extends string>(
    organization: O,
    portal: P,
    invoice: I,
    payment: Y,
    action: PaymentAction,
  ) => `${invoiceOf(organization, portal, invoice)}/payments/${payment}/${action}` as const,
  /** Shows the address of an invoice's own page. */
  teamRevealInvoice: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
  ) => `${invoiceOf(organization, portal, invoice)}/reveal` as const,
  /** The PDFs again, for links in a page. */
  teamInvoicePdf: <O extends string, P extends string, I extends string>(
    organization: O,
    portal: P,
    invoice: I,
  ) => `${invoiceOf(organization, portal, invoice)}/pdf` as const,
  teamCreditNotePdf: <O extends string, P extends string, I extends string, N extends string>(
    organization: O,
    portal: P,
    invoice: I,
    note: N,
  ) => `${invoiceOf(organization, portal, invoice)}/credit-notes/${note}/pdf` as const,
  teamReceipt: <O extends string, P extends string, I extends string, Y extends string>(
    organization: O,
    portal: P,
    invoice: I,
    payment: Y,
  ) => `${invoiceOf(organization, portal, invoice)}/payments/${payment}/receipt` as const,
  teamStatement: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/statement` as const,
  teamStatementTable: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/statement.csv` as const,
  /** What a project costs, and what of it a milestone is. */
  portalPrice: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/price` as const,
  milestonePrice: <O extends string, P extends string, M extends string>(
    organization: O,
    portal: P,
    milestone: M,
  ) => `${portalOf(organization, portal)}/milestones/${milestone}/price` as const,
  /** Of every portal. */
  invoices: <O extends string>(organization: O) => `${dashboard(organization)}/invoices` as const,
  invoicesTable: <O extends string>(organization: O) =>
    `${dashboard(organization)}/invoices.csv` as const,
  /** What came in and went back, by month. */
  received: <O extends string>(organization: O) => `${dashboard(organization)}/received` as const,
  /** Money that fits no invoice, by Stripe's name of it. */
  seenTo: <O extends string, S extends string>(organization: O, money: S) =>
    `${dashboard(organization)}/unmatched/${money}/seen` as const,
  portalActivity: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/activity` as const,
  inbox: <O extends string>(organization: O) => `${dashboard(organization)}/inbox` as const,
  activity: <O extends string>(organization: O) => `${dashboard(organization)}/activity` as const,
  notifications: `${account}/notifications`,
  emails: <O extends string>(organization: O) => `${dashboard(organization)}/emails` as const,
  retryEmail: <O extends string, E extends string>(organization: O, email: E) =>
    `${dashboard(organization)}/emails/${email}/retry` as const,

  team,
  invitations: <O extends string>(organization: O) => `${team(organization)}/invitations` as const,
  invitationAction: <O extends string, I extends string>(
    organization: O,
    invitation: I,
    action: InvitationAction,
  ) => `${team(organization)}/invitations/${invitation}/${action}` as const,
  memberAction: <O extends string, M extends string>(
    organization: O,
    member: M,
    action: MemberAction,
  ) => `${team(organization)}/members/${member}/${action}` as const,
  leave: <O extends string>(organization: O) => `${team(organization)}/leave` as const,

  settings,
  branding: <O extends string>(organization: O) => `${settings(organization)}/branding` as const,
  logo: <O extends string>(organization: O) => `${settings(organization)}/branding/logo` as const,
  removeLogo: <O extends string>(organization: O) =>
    `${settings(organization)}/branding/logo/remove` as const,
  defaults: <O extends string>(organization: O) => `${settings(organization)}/defaults` as const,
  billing,
  taxRates: <O extends string>(organization: O) => `${billing(organization)}/rates` as const,
  deleteTaxRate: <O extends string, R extends string>(organization: O, rate: R) =>
    `${billing(organization)}/rates/${rate}/delete` as const,
  savedLines: <O extends string>(organization: O) => `${billing(organization)}/lines` as const,
  deleteSavedLine: <O extends string, L extends string>(organization: O, line: L) =>
    `${billing(organization)}/lines/${line}/delete` as const,
  paymentSettings: <O extends string>(organization: O) =>
    `${settings(organization)}/payments` as const,
  paymentSettingsAction: <O extends string>(organization: O, action: PaymentSettingsAction) =>
    `${settings(organization)}/payments/${action}` as const,
  reminderSettings: <O extends string>(organization: O) =>
    `${settings(organization)}/reminders` as const,
  keys: <O extends string>(organization: O) => `${settings(organization)}/keys` as const,
  newKey: <O extends string>(organization: O) => `${settings(organization)}/keys/new` as const,
  revokeKey: <O extends string, K extends string>(organization: O, key: K) =>
    `${settings(organization)}/keys/${key}/revoke` as const,

  account,
  endSession: <S extends string>(session: S) => `${account}/sessions/${session}/end` as const,
  endSessions: `${account}/sessions/end`,
  newOrganization: `${account}/organizations/new`,
  acceptInvitation: <I extends string>(invitation: I) =>
    `${account}/invitations/${invitation}/accept` as const,
  operator: '/dashboard/-/operator',
  runJob: <J extends string>(job: J) => `/dashboard/-/operator/jobs/${job}/run` as const,

  /** What an invited person's mail leads to; the token is the credential. */
  join: <T extends string>(token: T) => `/join/${token}` as const,

  api: {
    openapi: '/api/openapi.json',
    portals: '/api/portals',
    portal: apiPortal,
    portalAction: <P extends string>(portal: P, action: 'archive' | 'restore' | RemindersAction) =>
      `${apiPortal(portal)}/${action}` as const,
    links: <P extends string>(portal: P) => `${apiPortal(portal)}/links` as const,
    link: apiLink,
    linkAction: <P extends string, L extends string>(portal: P, link: L, action: ApiLinkAction) =>
      `${apiLink(portal, link)}/${action}` as const,
    milestones: <P extends string>(portal: P) => `${apiPortal(portal)}/milestones` as const,
    milestone: <P extends string, M extends string>(portal: P, milestone: M) =>
      `${apiPortal(portal)}/milestones/${milestone}` as const,
    requestApproval: <P extends string, M extends string>(portal: P, milestone: M) =>
      `${apiPortal(portal)}/milestones/${milestone}/request-approval` as const,
    messages: <P extends string>(portal: P) => `${apiPortal(portal)}/messages` as const,
    messageAction: <P extends string, M extends string>(
      portal: P,
      message: M,
      action: MessageAction,
    ) => `${apiPortal(portal)}/messages/${message}/${action}` as const,
    portalSeen: <P extends string>(portal: P) => `${apiPortal(portal)}/seen` as const,
    files: <P extends string>(portal: P) => `${apiPortal(portal)}/files` as const,
    file: <P extends string, F extends string>(portal: P, file: F) =>
      `${apiPortal(portal)}/files/${file}` as const,
    fileAction: <P extends string, F extends string>(
      portal: P,
      file: F,
      action: Extract<FileAction, 'content' | 'restore'>,
    ) => `${apiPortal(portal)}/files/${file}/${action}` as const,
    uploads: <P extends string>(portal: P) => `${apiPortal(portal)}/uploads` as const,
    upload: <P extends string, U extends string>(portal: P, upload: U) =>
      `${apiPortal(portal)}/uploads/${upload}` as const,
    fileRequests: <P extends string>(portal: P) => `${apiPortal(portal)}/file-requests` as const,
    fileRequest: <P extends string, R extends string>(portal: P, request: R) =>
      `${apiPortal(portal)}/file-requests/${request}` as const,
    fileRequestAction: <P extends string, R extends string>(
      portal: P,
      request: R,
      action: RequestAction,
    ) => `${apiPortal(portal)}/file-requests/${request}/${action}` as const,
    portalActivity: <P extends string>(portal: P) => `${apiPortal(portal)}/activity` as const,
    invoicesOf: <P extends string>(portal: P) => `${apiPortal(portal)}/invoices` as const,
    invoice: apiInvoice,
    invoiceAction: <P extends string, I extends string>(
      portal: P,
      invoice: I,
      action: InvoiceAction,
    ) => `${apiInvoice(portal, invoice)}/${action}` as const,
    revealInvoice: <P extends string, I extends string>(portal: P, invoice: I) =>
      `${apiInvoice(portal, invoice)}/reveal` as const,
    creditNotes: <P extends string, I extends string>(portal: P, invoice: I) =>
      `${apiInvoice(portal, invoice)}/credit-notes` as const,
    payments: <P extends string, I extends string>(portal: P, invoice: I) =>
      `${apiInvoice(portal, invoice)}/payments` as const,
    invoicePdf: <P extends string, I extends string>(portal: P, invoice: I) =>
      `${apiInvoice(portal, invoice)}/pdf` as const,
    creditNotePdf: <P extends string, I extends string, N extends string>(
      portal: P,
      invoice: I,
      note: N,
    ) => `${apiInvoice(portal, invoice)}/credit-notes/${note}/pdf` as const,
    receiptPdf: <P extends string, I extends string, Y extends string>(
      portal: P,
      invoice: I,
      payment: Y,
    ) => `${apiInvoice(portal, invoice)}/payments/${payment}/receipt` as const,
    statement: <P extends string>(portal: P) => `${apiPortal(portal)}/statement` as const,
    paymentAction: <P extends string, I extends string, Y extends string>(
      portal: P,
      invoice: I,
      payment: Y,
      action: PaymentAction,
    ) => `${apiInvoice(portal, invoice)}/payments/${payment}/${action}` as const,
    invoices: '/api/invoices',
    activity: '/api/activity',
    unsubscribe: <T extends string>(token: T) => `/api/unsubscribe/${token}` as const,
    clientMessages: <T extends string>(token: T) => `/api/portal/${token}/messages` as const,
    clientFiles: <T extends string>(token: T) => `/api/portal/${token}/files` as const,
    clientFile: <T extends string, F extends string>(token: T, file: F) =>
      `/api/portal/${token}/files/${file}/content` as const,
    clientUploads: <T extends string>(token: T) => `/api/portal/${token}/uploads` as const,
    clientUpload: <T extends string, U extends string>(token: T, upload: U) =>
      `/api/portal/${token}/uploads/${upload}` as const,
    clientAnswer: <T extends string, M extends string>(
      token: T,
      milestone: M,
      answer: ClientAnswer | 'approve-and-pay',
    ) => `/api/portal/${token}/milestones/${milestone}/${answer}` as const,
    clientInvoices: <T extends string>(token: T) => `/api/portal/${token}/invoices` as const,
    clientInvoiceAnswer: <T extends string, I extends string>(token: T, invoice: I) =>
      `/api/portal/${token}/invoices/${invoice}/answer` as const,
    clientInvoicePdf: <T extends string, I extends string>(token: T, invoice: I) =>
      `/api/portal/${token}/invoices/${invoice}/pdf` as const,
    emails: '/api/emails',
    retryEmail: <E extends string>(email: E) => `/api/emails/${email}/retry` as const,
    client: <T extends string>(token: T) => `/api/portal/${token}` as const,
    seen: <T extends string>(token: T) => `/api/portal/${token}/seen` as const,
  },
  webhooks: {
    sendgrid: `${entrancePaths.webhookRoot}sendgrid`,
    /** One for each organisation. */
    stripe: <E extends string>(endpoint: E) =>
      `${entrancePaths.webhookRoot}stripe/${endpoint}` as const,
  },
} as const

/** The address with a query; what is undefined is left out. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
