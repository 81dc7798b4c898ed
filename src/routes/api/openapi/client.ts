import { listFilesInput } from '../../../features/files/input.ts'
import { clientInvoicesInput } from '../../../features/invoices/input.ts'
import { sendMessageInput } from '../../../features/messages/input.ts'
import { answerInput } from '../../../features/milestones/input.ts'
import { answerInvoiceInput } from '../../../features/reminders/input.ts'
import { pageInput } from '../../../lib/page.ts'
import { paths } from '../../../paths.ts'
import { list, type Operation } from './operation.ts'

/** What a link’s token opens. */
export const client: readonly Operation[] = [
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
