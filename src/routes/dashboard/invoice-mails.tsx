import type { EmailItem } from '../../features/emails/queries.ts'
import { mayRetry } from '../../features/emails/rules.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Ago } from '../../ui/time.tsx'
import { emailKind, emailLabel } from './email-state.ts'

interface MailsProps {
  membership: Membership
  mails: readonly EmailItem[]
  now: number
}

/** To whom an invoice was mailed, and what became of each mail. */
export const MailsCard = ({ membership: { organization }, mails, now }: MailsProps) =>
  mails.length === 0 ? null : (
    <section class="card part" aria-labelledby="mails">
      <div class="card-head">
        <h2 id="mails">Emails</h2>
      </div>
      <ul class="links">
        {mails.map((mail) => {
          const { tone, label } = emailLabel({ state: mail.state, at: mail.stateAt, now })
          return (
            <li class="link two">
              <div>
                <b>{mail.to}</b>
                <small>
                  {emailKind(mail.kind)}, <Ago at={mail.createdAt} now={now} clock={organization} />
                  {mayRetry(mail) && (
                    <>
                      {' · '}
                      <a href={`${paths.emails(organization.slug)}?attention=1`}>see why</a>
                    </>
                  )}
                </small>
              </div>
              <span class={`tag ${tone}`}>{label}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
