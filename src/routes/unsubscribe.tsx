import { Hono, type Context } from 'hono'
import {
  contactOfToken,
  subscriptionOf,
  unsubscribe,
  type Subscription,
} from '../features/messages/unsubscribe.ts'
import { paths } from '../paths.ts'
import type { Base } from './http.ts'
import { Notice } from './portal/notice.tsx'

type Here = Context<Base>

async function subscription(c: Here): Promise<Subscription | undefined> {
  const ctx = c.get('ctx')
  const contactId = await contactOfToken(ctx.settings, c.req.param('token') ?? '')
  return contactId === undefined ? undefined : subscriptionOf(ctx, contactId)
}

/** One page for whatever is no address of ours, and for contacts that are gone. */
const dead = (c: Here) =>
  c.html(
    <Notice title="This address no longer works" tone="amber" status={404}>
      <p>
        There are no emails to turn off by it. If some still come, answer one of them, and the
        people you work with will see to it.
      </p>
    </Notice>,
    404,
  )

const Stopped = ({ organization, project }: Subscription) => (
  <Notice title="No more emails with news" tone="teal">
    <p role="status">
      You get no more emails with news of <bdi>{project}</bdi> from <bdi>{organization.name}</bdi>.
      What they write and send stays in your portal, and there you can turn the emails on again.
    </p>
  </Notice>
)

/**
 * RFC 8058: a mail program posts here for its reader, with no session, no cookie and from nowhere; the
 * signed token in the address is the credential. Reading changes nothing: scanners open every link.
 */
export const unsubscribing = new Hono<Base>()
  .get(paths.api.unsubscribe(':token'), async (c) => {
    const found = await subscription(c)
    if (!found) return dead(c)
    if (found.ended) return c.html(<Stopped {...found} />)
    return c.html(
      <Notice title="Stop emails with news?" tone="amber">
        <p>
          When <bdi>{found.organization.name}</bdi> writes to you about <bdi>{found.project}</bdi>,
          sends you files, or waits for one of yours or for your approval, you would no longer get
          an email. Your portal itself stays as it is.
        </p>
        <form method="post" action={paths.api.unsubscribe(c.req.param('token'))}>
          <button class="btn go">Stop these emails</button>
        </form>
      </Notice>,
    )
  })
  .post(paths.api.unsubscribe(':token'), async (c) => {
    const found = await subscription(c)
    if (!found) return dead(c)
    await unsubscribe(c.get('ctx'), found)
    return c.html(<Stopped {...found} />)
  })
