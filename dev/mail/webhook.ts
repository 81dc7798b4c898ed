import { eventBody, outcomeFor } from './events.ts'
import type { EventKind, Message } from './message.ts'
import { sign } from './signature.ts'
import type { SigningKey } from './signature.ts'
import type { MailStore } from './store.ts'

export interface Webhook {
  url: string
  /** The private half of the P-256 pair whose public half the app knows. */
  key: SigningKey
  /** Anything but the network, for a test that calls the app in process. */
  fetch?: (request: Request) => Promise<Response>
}

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

async function post(webhook: Webhook, body: string, now: number): Promise<number | null> {
  const timestamp = String(Math.floor(now / 1000))
  const request = new Request(webhook.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'SendGrid Event API',
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': await sign(webhook.key, timestamp, body),
    },
    body,
    signal: AbortSignal.timeout(10_000),
  })
  try {
    const response = await (webhook.fetch ?? fetch)(request)
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}

const accepted = (status: number | null) => status !== null && status >= 200 && status < 300

/** Sends one event to the app and notes its answer. A retry carries the same sg_event_id. */
export function eventSender(
  webhook: Webhook,
  store: MailStore,
  now: () => number,
): (message: Message, kind: EventKind, pauses?: readonly number[]) => Promise<number | null> {
  return async (message, kind, pauses = []) => {
    const body = eventBody(message, kind, now())
    let status = await post(webhook, body, now())
    for (const pause of pauses) {
      if (accepted(status)) break
      await sleep(pause)
      status = await post(webhook, body, now())
    }
    store.addEvent(message.id, { kind, at: now(), status })
    return status
  }
}

/** What the world does with a mail without anyone pressing a button. */
export async function settle(
  message: Message,
  afterMs: number,
  send: (message: Message, kind: EventKind, pauses: readonly number[]) => Promise<number | null>,
): Promise<void> {
  await sleep(afterMs)
  await send(message, outcomeFor(message.to), [1000, 3000, 10_000, 30_000])
}
