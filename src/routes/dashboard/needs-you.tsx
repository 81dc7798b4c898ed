import type { Glance } from '../../features/glance/queries.ts'
import { countWords, MOST_COUNTED } from '../../features/glance/rules.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { paths, withQuery } from '../../paths.ts'

interface NeedsYouProps {
  membership: Membership
  glance: Glance
}

/** What waits for somebody of the team, the most urgent first, each with its way there. */
export const NeedsYou = ({ membership, glance }: NeedsYouProps) => {
  const { organization, unread } = membership
  const { slug } = organization
  const { waiting, changesIn } = glance
  const invoices = paths.invoices(slug)
  const changes =
    changesIn === null
      ? withQuery(paths.activity(slug), { topic: 'milestones' })
      : paths.milestones(slug, changesIn)
  const all: readonly Item[] = [
    {
      count: waiting.overdue,
      words: ['overdue invoice', 'overdue invoices'],
      href: withQuery(invoices, { status: 'overdue' }),
    },
    {
      count: waiting.problems,
      words: ['invoice with a problem', 'invoices with a problem'],
      href: withQuery(invoices, { status: 'problem' }),
    },
    {
      count: waiting.unmatched,
      words: ['payment without an invoice', 'payments without an invoice'],
      href: paths.paymentSettings(slug),
    },
    {
      count: unread,
      words: ['portal with new messages', 'portals with new messages'],
      href: withQuery(paths.inbox(slug), { unread: '1' }),
    },
    {
      count: waiting.changes,
      words: ['milestone to change', 'milestones to change'],
      href: changes,
    },
    {
      count: waiting.mails,
      words: ['email not delivered', 'emails not delivered'],
      href: withQuery(paths.emails(slug), { attention: '1' }),
    },
    {
      count: waiting.drafts,
      words: ['draft to issue', 'drafts to issue'],
      href: withQuery(invoices, { status: 'draft' }),
    },
  ]
  const items = all.filter(({ count }) => count > 0)
  const more = items.some(({ count }) => count >= MOST_COUNTED)
  const total = items.reduce((sum, { count }) => sum + Math.min(count, MOST_COUNTED - 1), 0)
  return (
    <section class="card needs" aria-labelledby="needs">
      <h2 class="label" id="needs">
        Needs you
      </h2>
      {items.length === 0 ? (
        <>
          <p class="value">0</p>
          <p class="muted">Nothing waits for you. Enjoy the quiet.</p>
        </>
      ) : (
        <>
          <p class="value">
            {total}
            {more && '+'}
          </p>
          <ul>
            {items.map(({ count, words: [one, many], href }) => (
              <li>
                <a href={href}>
                  <b class="num">{countWords(count)}</b> {count === 1 ? one : many}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

interface Item {
  count: number
  words: readonly [one: string, many: string]
  href: string
}
