import type { EmailItem } from '../../features/emails/queries.ts'
import { mayRetry } from '../../features/emails/rules.ts'
import type { InvoiceItem } from '../../features/invoices/queries.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import { paths, withQuery } from '../../paths.ts'
import { Line } from '../../ui/line.tsx'
import { Ago } from '../../ui/time.tsx'
import { emailKind, emailLabel } from './email-state.ts'

interface MailsProps {
  membership: Membership
  invoice: InvoiceItem
  mails: readonly EmailItem[]
  now: number
}

/** To whom an invoice was mailed, what became of each mail, and how it reaches them otherwise. */
export const MailsCard = ({ membership, invoice, mails, now }: MailsProps) => {
  const { organization, role } = membership
  const { slug } = organization
  const { portalId, id, status } = invoice
  const mayShow = permits(role, 'invoice.reveal')
  return (
    <section class="card part" aria-labelledby="mails">
      <div class="card-head">
        <h2 id="mails">Emails</h2>
      </div>
      {mails.length === 0 ? (
        <p class="empty">Nobody was mailed this invoice yet.</p>
      ) : (
        <ul class="links">
          {mails.map((mail) => {
            const { tone, label } = emailLabel({ state: mail.state, at: mail.stateAt, now })
            return (
              <Line
                name={mail.to}
                said={
                  <>
                    {emailKind(mail.kind)},{' '}
                    <Ago at={mail.createdAt} now={now} clock={organization} />
                    {mayRetry(mail) && (
                      <>
                        {' · '}
                        <a href={withQuery(paths.emails(slug), { attention: '1' })}>see why</a>
                      </>
                    )}
                  </>
                }
              >
                <span class={`tag ${tone}`}>{label}</span>
              </Line>
            )
          })}
        </ul>
      )}
      {(status !== 'void' || mayShow) && (
        <div class="inset actions">
          {status !== 'void' && (
            <form method="post" action={paths.invoiceAction(slug, portalId, id, 'send')}>
              <button class="btn">{mails.length === 0 ? 'Send by email' : 'Send again'}</button>
            </form>
          )}
          {mayShow && (
            <form method="post" action={paths.teamRevealInvoice(slug, portalId, id)}>
              <button class="btn">Show its address</button>
            </form>
          )}
        </div>
      )}
    </section>
  )
}
