import type { Context } from 'hono'
import { MESSAGES_SHOWN, placeOf } from '../../features/messages/rules.ts'
import { paths, withQuery } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import type { Client } from '../http.ts'
import type { ClientThread } from '../../features/links/thread.ts'
import type { Visit } from '../../features/links/visits.ts'
import { ClientMessageRow } from './comms.tsx'

interface ThreadPageProps {
  visit: Visit
  thread: ClientThread
  token: string
  now: number
}

/** Earlier messages: a page further back, and the way to newer ones. */
const ThreadPage = ({ visit, thread, token, now }: ThreadPageProps) => {
  const { organization, project, client, contactId, contactName } = visit
  const { items, earlier, newer } = thread.page
  const here = (query: Record<string, string>) => withQuery(paths.clientMessages(token), query)
  const home = `${paths.portal(token)}#messages`
  return (
    <ClientLayout
      title={`Messages · ${project}`}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
    >
      <div class="hero small">
        <a class="label" href={home}>
          ← <bdi>{project}</bdi>
        </a>
        <h1>Earlier messages</h1>
      </div>
      <div class="deck one">
        <section class="panel further" aria-label="Messages">
          <Ways earlier={earlier === null ? undefined : here({ cursor: earlier })} />
          {items.length === 0 ? (
            <p class="empty">
              <b>Nothing further back</b>
              The thread begins with what you have seen.
            </p>
          ) : (
            <div class="comms">
              {items.toReversed().map((message) => (
                <ClientMessageRow
                  message={message}
                  contactId={contactId}
                  clock={organization}
                  now={now}
                />
              ))}
            </div>
          )}
          <Ways newer={newer === null ? home : here({ after: newer })} />
        </section>
      </div>
    </ClientLayout>
  )
}

const Ways = ({ earlier, newer }: { earlier?: string | undefined; newer?: string }) =>
  earlier === undefined && newer === undefined ? null : (
    <p class="ways">
      {earlier !== undefined && <a href={earlier}>Earlier messages</a>}
      {newer !== undefined && <a href={newer}>Newer messages</a>}
    </p>
  )

export function showThread(c: Context<Client>) {
  const { ctx, visit, thread } = c.var
  if (!thread || !placeOf(c.req.query(), MESSAGES_SHOWN)) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  const token = c.req.param('token') ?? ''
  return c.html(<ThreadPage visit={visit} thread={thread} token={token} now={ctx.now} />)
}
