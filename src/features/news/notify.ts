import type { Ctx } from '../../ctx.ts'
import { enqueueEmail, type NewEmail } from '../emails/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { gather, settle, type Gathered } from './gather.ts'
import { clients, team, type Recipient } from './recipients.ts'
import type { Place, Side } from './tell.ts'

/** Files that a mail names; it says how many more there are. */
const MOST_NAMED = 10

/**
 * Mails the news of a portal to one side, once it has gathered: a mail a person, with the messages
 * that they have neither seen nor been mailed about, the files that the other side sent, and what
 * the client is asked for. Run again, it finds nothing left.
 */
export async function notifyOfNews(ctx: Ctx, job: Job): Promise<Outcome> {
  const to: Side = job.data['to'] === 'team' ? 'team' : 'clients'
  const place = { portalId: job.data['portal'] ?? '', organizationId: job.organizationId ?? '' }
  const gathered = await gather(ctx, place, to)
  if (!gathered) return { kind: 'done' }
  const messagesAlone = gathered.files.length === 0 && gathered.requests.length === 0
  const recipients = await (to === 'team' ? team : clients)(ctx, place, { messagesAlone })
  const mails = recipients.flatMap((recipient) => mailFor(recipient, gathered, place, to) ?? [])
  return {
    kind: 'done',
    write: [...settle(ctx, gathered), ...mails.flatMap((mail) => enqueueEmail(ctx, mail))],
  }
}

/** Undefined where there is nothing to tell them. */
function mailFor(
  { id, email, linkId, since, messages }: Recipient,
  gathered: Gathered,
  { portalId, organizationId }: Place,
  to: Side,
): NewEmail | undefined {
  const { requests } = gathered
  const files = gathered.files.filter(({ createdAt }) => createdAt >= since)
  const { first, newest } = messages
  const [request] = requests
  // A thread's newest message is told once; without one, what the mail is about makes its key.
  const about = request ? `${request.id}.${request.nudgeAt}` : files.at(-1)?.id
  if (first === null && about === undefined) return undefined
  const ends = String(newest).padStart(12, '0')
  return {
    kind: 'messages',
    key: `messages:${portalId}:${id}:${first === null ? `${ends}:${about}` : ends}`,
    to: email,
    organizationId,
    portalId,
    ...(linkId === null ? {} : { linkId }),
    data: {
      to,
      recipient: id,
      ...(first === null ? {} : { first: String(first) }),
      newest: String(newest),
      ...idsOf('files', files.slice(0, MOST_NAMED)),
      ...(files.length > MOST_NAMED ? { moreFiles: String(files.length - MOST_NAMED) } : {}),
      ...idsOf('requests', requests),
    },
  }
}

const idsOf = (name: string, items: readonly { id: string }[]): Record<string, string> =>
  items.length === 0 ? {} : { [name]: items.map(({ id }) => id).join(',') }
