import type { InvoiceItem } from '../../features/invoices/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import type { PortalWithInvoice } from '../../features/portals/with-invoices.ts'
import { heldBack, usualSchedule, type Held } from '../../features/reminders/rules.ts'
import { formatDay } from '../../lib/day.ts'
import { paths, type InvoiceAction } from '../../paths.ts'
import { Lines } from '../../ui/lines.tsx'

interface RemindersProps {
  membership: Membership
  found: PortalWithInvoice
  today: string
}

/** What the client answered, and when they are reminded next. */
export const RemindersCard = ({ membership, found, today }: RemindersProps) => {
  const { portal, invoice, house } = found
  const { status, balance, remindOn, remindersPausedAt: pausedAt } = invoice
  if (status !== 'open' || balance === 0) return null
  const { slug, locale } = membership.organization
  const schedule = house.reminders ?? usualSchedule
  const { archivedAt, remindersPausedAt: portalPausedAt } = portal
  const facts = { ...invoice, archivedAt, pausedAt, portalPausedAt, on: schedule.on }
  const held = heldBack(facts, today, 'schedule')
  const may = permits(membership.role, 'invoice.remind')
  const to = (action: InvoiceAction) => paths.invoiceAction(slug, portal.id, invoice.id, action)
  const sendable = heldBack(facts, today, 'hand') === undefined
  return (
    <section class="card part" aria-labelledby="reminders">
      <div class="card-head">
        <h2 id="reminders">Reminders</h2>
      </div>
      <div class="inset stack">
        <Answer found={found} locale={locale} clear={may ? to('clear-answer') : undefined} />
        <p class="under">
          {held === undefined || held === 'promised'
            ? nextWords(invoice, remindOn, locale)
            : heldWords[held]}
        </p>
        {may && archivedAt === null && (
          <div class="actions">
            {sendable && (
              <form method="post" action={to('remind')}>
                <button class="btn">Send a reminder now</button>
              </form>
            )}
            <form method="post" action={to(pausedAt ? 'resume-reminders' : 'pause-reminders')}>
              <button class="btn">{pausedAt ? 'Resume reminders' : 'Pause reminders'}</button>
            </form>
          </div>
        )}
      </div>
    </section>
  )
}

const heldWords: Record<Exclude<Held, 'promised'>, string> = {
  settled: 'Nobody is reminded of it any more.',
  processing: 'A payment is on its way, so reminders wait.',
  archived: 'The portal is archived, so nobody is reminded.',
  off: 'Reminders are off for your organisation. You can send one by hand.',
  paused: 'Reminders of this invoice are paused. You can send one by hand.',
  'portal-paused': 'Reminders are paused for this portal. You can send one by hand.',
  problem: 'Reminders wait until you have seen to the problem.',
}

function nextWords({ promisedOn }: InvoiceItem, remindOn: string | null, locale: string): string {
  if (remindOn === null) return 'No reminder of the schedule is left. You can send one by hand.'
  const day = formatDay(remindOn, locale)
  return promisedOn === null ? `The next goes out on ${day}.` : `Reminders wait until ${day}.`
}

interface AnswerProps {
  found: PortalWithInvoice
  locale: string
  /** Where a form says that it was seen to; undefined for who may not. */
  clear: string | undefined
}

const Answer = ({ found, locale, clear }: AnswerProps) => {
  const { promisedOn, problemAt } = found.invoice
  if (promisedOn === null && problemAt === null) return null
  const { by, note } = found.problem ?? { by: 'The client', note: '' }
  return (
    <div class={problemAt === null ? 'notice stack' : 'notice amber stack'}>
      {problemAt === null ? (
        <p>
          The client says that they will pay on <b>{formatDay(promisedOn ?? '', locale)}</b>.
        </p>
      ) : (
        <>
          <p>
            <b>
              <bdi>{by}</bdi>
            </b>{' '}
            says that there is a problem:
          </p>
          <p>
            <bdi>
              <Lines text={note} />
            </bdi>
          </p>
        </>
      )}
      {clear !== undefined && (
        <form method="post" action={clear}>
          <button class="btn">{problemAt === null ? 'Clear this answer' : 'I saw to it'}</button>
        </form>
      )}
    </div>
  )
}
