import { Hono } from 'hono'
import * as z from 'zod/mini'
import { listEmailsInput } from '../../features/emails/input.ts'
import { listActivityInput, portalActivityInput } from '../../features/activity/input.ts'
import { listFilesInput } from '../../features/files/input.ts'
import {
  changeInvoiceInput,
  clientInvoicesInput,
  createInvoiceInput,
  creditNoteInput,
  duplicateInvoiceInput,
  issueInvoiceInput,
  listInvoicesInput,
  recordPaymentInput,
  revealInvoiceInput,
  refundInput,
  reversalInput,
  voidInvoiceInput,
} from '../../features/invoices/input.ts'
import { changeLinkInput, createLinkInput, replaceLinkInput } from '../../features/links/input.ts'
import { listMessagesInput, sendMessageInput } from '../../features/messages/input.ts'
import {
  answerInput,
  changeMilestoneInput,
  createMilestoneInput,
  listMilestonesInput,
} from '../../features/milestones/input.ts'
import {
  changePortalInput,
  createPortalInput,
  listPortalsInput,
} from '../../features/portals/input.ts'
import { answerInvoiceInput } from '../../features/reminders/input.ts'
import { listRequestsInput, openRequestInput } from '../../features/requests/input.ts'
import { pageInput } from '../../lib/page.ts'
import { paths, type ApiLinkAction, type InvoiceAction, type PaymentAction } from '../../paths.ts'
import type { Base } from '../http.ts'

interface Operation {
  method: 'options' | 'get' | 'post' | 'patch' | 'delete'
  path: string
  summary: string
  /** The schema that checks the input: a body, or a query for `get`. */
  input?: z.core.$ZodType
  ok: { status: 200 | 201 | 204; description: string }
  /** True for the doors that ask for no key and no session. */
  open?: boolean
}

const item = { status: 200, description: 'The item as it is now.' } as const
const list = { status: 200, description: '{ items, next }: one page, newest first.' } as const
const link = (name: ApiLinkAction) => paths.api.linkAction(':portal', ':link', name)

const invoice = (name: InvoiceAction) => paths.api.invoiceAction(':portal', ':invoice', name)
const payment = (name: PaymentAction) =>
  paths.api.paymentAction(':portal', ':invoice', ':payment', name)
const invoiceList = {
  status: 200,
  description:
    '{ items, next }: one page, newest first; overdue ones by their due days, the earliest first; a search for the beginning of a number by number.',
} as const

const pdf = {
  status: 200,
  description: 'The PDF; 503 with Retry-After while it is being made.',
} as const
const documentOperations: readonly Operation[] = [
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

/** Every operation of the API; a test holds this table against the routes. */
export const operations: readonly Operation[] = [
  ...documentOperations,
  {
    method: 'get',
    path: paths.api.portals,
    summary: 'List and search portals',
    input: listPortalsInput,
    ok: {
      status: 200,
      description:
        '{ items, next }: one page, newest first. Sorted by activity or outstanding without a status, it is of active portals; sorted by outstanding, the largest sums come first within each currency. A search looks for the beginnings of words and is newest first.',
    },
  },
  {
    method: 'post',
    path: paths.api.portals,
    summary: 'Open a portal and invite its first contact',
    input: createPortalInput,
    ok: { status: 201, description: 'The portal with its links, and the address of the new one.' },
  },
  { method: 'get', path: paths.api.portal(':portal'), summary: 'One portal', ok: item },
  {
    method: 'patch',
    path: paths.api.portal(':portal'),
    summary: 'Change project, client, price, buyer, and the currency until it is billed',
    input: changePortalInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.portal(':portal'),
    summary: 'Delete an archived portal that has no issued invoice, with its files',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'archive'),
    summary: 'Archive a portal: its links only read',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'restore'),
    summary: 'Restore an archived portal',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'pause-reminders'),
    summary: 'Send no reminders of any invoice of a portal by themselves',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'resume-reminders'),
    summary: 'Go on with reminders; what was left out meanwhile stays left out',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.links(':portal'),
    summary: 'The links of a portal, oldest first',
    input: pageInput,
    ok: { status: 200, description: '{ items, next }: one page, oldest first.' },
  },
  {
    method: 'post',
    path: paths.api.links(':portal'),
    summary: 'Invite a contact',
    input: createLinkInput,
    ok: { status: 201, description: 'The link with its address.' },
  },
  {
    method: 'patch',
    path: paths.api.link(':portal', ':link'),
    summary: 'Change what a link opens, and until when',
    input: changeLinkInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.link(':portal', ':link'),
    summary: 'Delete a link',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: link('replace'),
    summary: 'Give a link a new address; the old one is dead at once',
    input: replaceLinkInput,
    ok: { status: 200, description: 'The link with its new address.' },
  },
  { method: 'post', path: link('pause'), summary: 'Pause a link', ok: item },
  { method: 'post', path: link('resume'), summary: 'Resume a paused link', ok: item },
  { method: 'post', path: link('send'), summary: 'Mail a link once more', ok: item },
  {
    method: 'post',
    path: link('reveal'),
    summary: 'Give out the address of a link; who asked is kept',
    ok: { status: 200, description: 'The link with its address.' },
  },
  {
    method: 'get',
    path: paths.api.milestones(':portal'),
    summary: 'The plan of a portal, in its order',
    input: listMilestonesInput,
    ok: { status: 200, description: '{ items, next }: one page, in the order of the plan.' },
  },
  {
    method: 'post',
    path: paths.api.milestones(':portal'),
    summary: 'Add a milestone at the end of the plan',
    input: createMilestoneInput,
    ok: { status: 201, description: 'The milestone.' },
  },
  {
    method: 'patch',
    path: paths.api.milestone(':portal', ':milestone'),
    summary:
      'Change a milestone, on the version that was seen; a stale one is 409 with the current item',
    input: changeMilestoneInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.milestone(':portal', ':milestone'),
    summary: 'Delete a milestone',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: paths.api.requestApproval(':portal', ':milestone'),
    summary: 'Ask the client to sign a milestone off',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.portalActivity(':portal'),
    summary: 'What happened in a portal, and who did it',
    input: portalActivityInput,
    ok: list,
  },
  {
    method: 'get',
    path: paths.api.activity,
    summary: 'What happened in the organisation',
    input: listActivityInput,
    ok: list,
  },
  {
    method: 'get',
    path: paths.api.messages(':portal'),
    summary: 'The messages of a portal, newest first; If-None-Match is answered with 304',
    input: listMessagesInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.messages(':portal'),
    summary: 'Write a message',
    input: sendMessageInput,
    ok: { status: 201, description: 'The message.' },
  },
  {
    method: 'post',
    path: paths.api.messageAction(':portal', ':message', 'archive'),
    summary: 'Put a message away: clients no longer see it',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.messageAction(':portal', ':message', 'restore'),
    summary: 'Show a message again',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalSeen(':portal'),
    summary: 'The team has read the thread',
    ok: { status: 200, description: 'The portal as it is now.' },
  },
  {
    method: 'get',
    path: paths.api.invoices,
    summary: 'The invoices of the organisation; with Accept: text/csv as a table of up to 5000',
    input: listInvoicesInput,
    ok: invoiceList,
  },
  {
    method: 'get',
    path: paths.api.invoicesOf(':portal'),
    summary: 'The invoices of a portal',
    input: listInvoicesInput,
    ok: invoiceList,
  },
  {
    method: 'post',
    path: paths.api.invoicesOf(':portal'),
    summary: 'Draft an invoice, perhaps of a milestone',
    input: createInvoiceInput,
    ok: { status: 201, description: 'The draft.' },
  },
  {
    method: 'get',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'One invoice with its payments and credit notes',
    ok: item,
  },
  {
    method: 'patch',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'Change a draft; on a version that is no longer there it is 409 with the current item',
    input: changeInvoiceInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'Delete a draft',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: invoice('issue'),
    summary:
      'Issue a draft: it gets its number and never changes again. It is mailed to contacts with a live link to invoices alone, or else to everybody with a live link, unless send is false',
    input: issueInvoiceInput,
    ok: item,
  },
  {
    method: 'post',
    path: invoice('void'),
    summary: 'Void an open invoice on which no money is held or on its way',
    input: voidInvoiceInput,
    ok: item,
  },
  {
    method: 'post',
    path: invoice('end'),
    summary: 'End an invoice that may be paid again and again',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('send'),
    summary: 'Mail an issued invoice once more; twice within a minute it goes out once',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('remind'),
    summary: 'Mail a reminder now, once an hour, to whoever has a living link to invoices',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('pause-reminders'),
    summary: 'Send no reminders of an invoice by themselves',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('resume-reminders'),
    summary: 'Go on with the next reminder of the schedule',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('clear-answer'),
    summary: 'Say that a client’s answer was seen to: reminders go on',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.revealInvoice(':portal', ':invoice'),
    summary: 'Give out the address of an invoice’s own page for a contact; who asked is kept',
    input: revealInvoiceInput,
    ok: { status: 200, description: 'The invoice with the address, and whose it is.' },
  },
  {
    method: 'post',
    path: invoice('duplicate'),
    summary: 'Draft the same invoice once more',
    input: duplicateInvoiceInput,
    ok: { status: 201, description: 'The new draft.' },
  },
  {
    method: 'post',
    path: paths.api.creditNotes(':portal', ':invoice'),
    summary: 'Take something back of an issued invoice, at most what is left of it',
    input: creditNoteInput,
    ok: { status: 201, description: 'The credit note with its invoice.' },
  },
  {
    method: 'post',
    path: paths.api.payments(':portal', ':invoice'),
    summary:
      'Record a payment that came by hand; a receipt is mailed as its invoice is, unless receipt is false',
    input: recordPaymentInput,
    ok: { status: 201, description: 'The payment with its invoice.' },
  },
  {
    method: 'post',
    path: payment('refund'),
    summary:
      'Give a payment, or a part of it, back: recorded where it came by hand; asked of Stripe where it came through Stripe, and on its way at first',
    input: refundInput,
    ok: {
      status: 201,
      description:
        'The refund with its invoice; 202 through Stripe: its state is pending, then succeeded or failed.',
    },
  },
  {
    method: 'post',
    path: payment('reverse'),
    summary: 'Reverse a payment that was entered by hand and by mistake',
    input: reversalInput,
    ok: { status: 201, description: 'The reversal with its invoice.' },
  },
  {
    method: 'get',
    path: paths.api.files(':portal'),
    summary: 'The files of a portal, newest first, whole or by folder',
    input: listFilesInput,
    ok: list,
  },
  {
    method: 'delete',
    path: paths.api.file(':portal', ':file'),
    summary: 'Delete a file; for 30 days it can be restored',
    ok: { status: 204, description: 'It is deleted.' },
  },
  {
    method: 'post',
    path: paths.api.fileAction(':portal', ':file', 'restore'),
    summary: 'Bring a deleted file back, unless another one has taken its name',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.fileRequests(':portal'),
    summary: 'The files that a portal’s client is asked for',
    input: listRequestsInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.fileRequests(':portal'),
    summary: 'Ask for a file: the client is mailed about it until it is there',
    input: openRequestInput,
    ok: { status: 201, description: 'The request.' },
  },
  {
    method: 'delete',
    path: paths.api.fileRequest(':portal', ':request'),
    summary: 'Close a request, as POST /close does',
    ok: { status: 204, description: 'It is closed.' },
  },
  {
    method: 'post',
    path: paths.api.fileRequestAction(':portal', ':request', 'close'),
    summary: 'Close a request; one that was answered stays as it is',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.fileRequestAction(':portal', ':request', 'reopen'),
    summary: 'Ask again for what was answered or closed',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.fileAction(':portal', ':file', 'content'),
    summary: 'What a file holds, by Range and ETag; ?version= for an earlier one',
    ok: { status: 200, description: 'The bytes; 206 for a range of them.' },
  },
  {
    method: 'get',
    path: paths.api.emails,
    summary: 'List the emails of the organisation',
    input: listEmailsInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.retryEmail(':email'),
    summary: 'Send a failed email once more',
    ok: { status: 200, description: 'The new email.' },
  },
  {
    method: 'options',
    path: paths.api.uploads(':portal'),
    summary: 'What of tus this server can do',
    ok: { status: 204, description: 'It stands in the headers.' },
  },
  {
    method: 'post',
    path: paths.api.uploads(':portal'),
    summary:
      'Begin an upload by tus 1.0: Upload-Length, and Upload-Metadata with filename, folder and request',
    ok: { status: 201, description: 'The upload; Location says where its bytes go.' },
  },
  {
    method: 'get',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'How far an upload has come; HEAD gives it in tus’ headers alone',
    ok: item,
  },
  {
    method: 'patch',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'The next bytes, at most 95 MiB at once, from Upload-Offset on',
    ok: { status: 204, description: 'They are kept, up to Upload-Offset.' },
  },
  {
    method: 'delete',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'End an upload',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'options',
    path: paths.api.clientUploads(':token'),
    summary: 'The same for clients',
    ok: { status: 204, description: 'It stands in the headers.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientUploads(':token'),
    summary: 'The client begins an upload, as the team does',
    ok: { status: 201, description: 'The upload; Location says where its bytes go.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'How far an upload of the client’s has come',
    ok: item,
    open: true,
  },
  {
    method: 'patch',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'The next bytes of it',
    ok: { status: 204, description: 'They are kept, up to Upload-Offset.' },
    open: true,
  },
  {
    method: 'delete',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'The client ends an upload',
    ok: { status: 204, description: 'It is gone.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.client(':token'),
    summary: 'What a link opens',
    ok: { status: 200, description: 'The portal as its client sees it.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientMessages(':token'),
    summary: 'The messages, newest first; If-None-Match is answered with 304',
    input: pageInput,
    ok: list,
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientMessages(':token'),
    summary: 'Write a message',
    input: sendMessageInput,
    ok: { status: 201, description: 'The message.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientInvoices(':token'),
    summary: 'The invoices, the last issued first; drafts never',
    input: clientInvoicesInput,
    ok: list,
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientFiles(':token'),
    summary: 'The files, newest first, whole or by folder',
    input: listFilesInput,
    ok: list,
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientFile(':token', ':file'),
    summary: 'What a file holds, by Range and ETag; ?version= for an earlier one',
    ok: { status: 200, description: 'The bytes; 206 for a range of them.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.unsubscribe(':token'),
    summary: 'A page that asks whether to stop emails with news',
    ok: { status: 200, description: 'The page.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.unsubscribe(':token'),
    summary: 'Stop emails with news (RFC 8058)',
    ok: { status: 200, description: 'A page that says so.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.seen(':token'),
    summary: 'The client has seen the page',
    ok: { status: 204, description: 'It is noted.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientAnswer(':token', ':milestone', 'approve'),
    summary: 'The client approves a milestone that is up for sign-off',
    input: answerInput,
    ok: { status: 200, description: 'The milestone as the client sees it now.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientAnswer(':token', ':milestone', 'request-changes'),
    summary: 'The client asks for changes to a milestone that is up for sign-off',
    input: answerInput,
    ok: { status: 200, description: 'The milestone as the client sees it now.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientAnswer(':token', ':milestone', 'approve-and-pay'),
    summary: 'The client approves a milestone with an amount, and is billed for it',
    ok: { status: 200, description: '{ payUrl }: where its invoice is paid.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientInvoiceAnswer(':token', ':invoice'),
    summary: 'The client says when they will pay, or that there is a problem',
    input: answerInvoiceInput,
    ok: { status: 200, description: '{ id, number, answer }: what stands now.' },
    open: true,
  },
]

const problemResponse = {
  description: 'What went wrong (RFC 9457).',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              properties: { path: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Of your choice, new for each call. Sent again within 24 hours it changes nothing, and the answer is the first status with the item as it is now, without addresses that were shown once, and with Idempotent-Replayed: true. 409 with another path or body, 410 if it was deleted meanwhile.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

const tooManyRequests = {
  ...problemResponse,
  description: 'Too many calls: wait as many seconds as Retry-After says.',
  headers: { 'Retry-After': { schema: { type: 'integer' } } },
}

const schemaOf = (input: z.core.$ZodType) =>
  z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })

function inputOf({ method, input }: Operation) {
  if (!input) return {}
  const schema = schemaOf(input)
  if (method !== 'get') return { requestBody: { content: { 'application/json': { schema } } } }
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    schema: property,
  }))
  return { parameters }
}

function describe(operation: Operation) {
  const { method, path, summary, ok, open } = operation
  const inHeader = method === 'post' && !open ? [idempotencyKey] : []
  const { parameters = [], ...body } = inputOf(operation)
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    summary,
    parameters: [...inPath, ...inHeader, ...parameters],
    ...body,
    responses: {
      [ok.status]: { description: ok.description },
      429: tooManyRequests,
      default: problemResponse,
    },
    ...(open ? { security: [] } : {}),
  }
}

function document(appUrl: string) {
  const byPath: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    byPath[path] = { ...byPath[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AdminStack Portals', version: '1' },
    servers: [{ url: appUrl }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    paths: byPath,
  }
}

export const openapi = new Hono<Base>().get(paths.api.openapi, (c) =>
  c.json(document(c.get('ctx').settings.appUrl)),
)
