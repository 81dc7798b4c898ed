import client from '@sendgrid/client'
import service from '@sendgrid/mail'
import type { Attempt } from '../lib/attempt.ts'

/** Whose SendGrid it is. */
export interface Account {
  apiKey: string
  url: string
  timeoutMs: number
  /** The address mails come from. */
  from: string
}

export interface OutgoingMail {
  /** Our row's id: comes back in every event, and is the Message-ID's local part in every attempt. */
  id: string
  to: string
  toName?: string
  fromName: string
  replyTo?: { email: string; name: string }
  subject: string
  /** Further headers, by name. */
  headers?: Record<string, string>
  html: string
  text: string
}

/** Of headers: a name from somewhere must not begin a second line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/**
 * One request to SendGrid's v3 Mail Send. Never throws: an error object of the HTTP client holds the
 * API key, so nothing of it but a status and SendGrid's own words leaves this function.
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 */
export async function sendMail(account: Account, mail: OutgoingMail): Promise<Attempt> {
  // In this order: setting the key puts the base URL back to SendGrid's own.
  client.setApiKey(account.apiKey)
  const { url: baseUrl, timeoutMs: timeout } = account
  // The runtime's own fetch; its node:http, which axios may pick, heeds no timeout.
  const request = { url: '', baseUrl, timeout, adapter: 'fetch' }
  client.setDefaultRequest(request)
  service.setClient(client)
  const domain = account.from.slice(account.from.lastIndexOf('@') + 1)
  // The runtime says the same of a connection that nobody took and of one that broke halfway. Whoever
  // knocks first knows: when nobody answers, nothing was handed over.
  if (!(await listens(account))) {
    return { kind: 'refused', final: false, reason: 'SendGrid could not be reached.' }
  }
  try {
    await service.send({
      to: mail.toName ? { email: mail.to, name: oneLine(mail.toName) } : mail.to,
      from: { email: account.from, name: oneLine(mail.fromName) },
      ...(mail.replyTo
        ? { replyTo: { email: mail.replyTo.email, name: oneLine(mail.replyTo.name) } }
        : {}),
      subject: oneLine(mail.subject),
      content: [
        { type: 'text/plain', value: mail.text },
        { type: 'text/html', value: mail.html },
      ],
      headers: { ...mail.headers, 'Message-ID': `<${mail.id}@${domain}>` },
      customArgs: { email_id: mail.id },
      // A rewritten link would hand the token to the click tracker, and breaks when it is down.
      trackingSettings: {
        clickTracking: { enable: false, enableText: false },
        openTracking: { enable: true },
      },
    })
    return { kind: 'accepted' }
  } catch (error) {
    return isAnswer(error) ? refusalOf(error.code, error.response) : silent
  }
}

const silent = {
  kind: 'unanswered',
  reason: 'SendGrid did not answer; the mail may be on its way.',
} as const

async function listens({ url, timeoutMs }: Account): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) })
    return true
  } catch {
    return false
  }
}

interface Answer {
  code: number
  response: { body: unknown; headers: unknown }
}

const isAnswer = (error: unknown): error is Answer =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'number' &&
  'response' in error &&
  typeof error.response === 'object' &&
  error.response !== null &&
  'body' in error.response

function refusalOf(status: number, response: Answer['response']): Attempt {
  // Cloudflare answers these for a server that took the request and then fell silent.
  if (status === 520 || status === 524 || status === 504) {
    return {
      kind: 'unanswered',
      reason: `SendGrid fell silent (${status}); the mail may be on its way.`,
    }
  }
  const reason = `SendGrid refused it (${status}). ${wordsOf(response.body)}`.trim()
  if (status === 429) return { kind: 'refused', final: false, reason, retryAfter: waitOf(response) }
  // 400 and 413 are about this mail and stay so; a wrong key (401, 403) and a 5xx can be mended.
  return { kind: 'refused', final: status === 400 || status === 413, reason }
}

function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return ''
  if (!Array.isArray(body.errors)) return ''
  const first: unknown = body.errors[0]
  if (typeof first !== 'object' || first === null || !('message' in first)) return ''
  return String(first.message).slice(0, 200)
}

/** SendGrid gives the instant (Unix seconds) at which its limit is lifted, beside its own clock. */
function waitOf({ headers }: Answer['response']): number {
  const header = (name: string): string => {
    if (typeof headers !== 'object' || headers === null) return ''
    const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)
    return found ? String(found[1]) : ''
  }
  const reset = Number(header('x-ratelimit-reset')) * 1000
  const sent = Date.parse(header('date'))
  return Number.isFinite(reset - sent) ? Math.min(Math.max(0, reset - sent), 3_600_000) : 0
}
