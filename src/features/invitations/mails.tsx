import { dayOf, formatDay } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import { MailLayout, mailText } from '../../ui/email.tsx'
import { roleWords } from '../../ui/roles.ts'
import type { Compose } from '../emails/compose.ts'
import { invitationToJoin } from './queries.ts'
import { invitationToken } from './token.ts'

export const composeInvitation: Compose = async (ctx, mail) => {
  const found = await invitationToJoin(ctx.db, mail.data['invitation'] ?? '')
  if (!found) return 'The invitation was withdrawn or taken before this was sent.'
  if (found.expiresAt <= ctx.now) return 'The invitation ran out before this was sent.'
  const { organization, invitedBy, role, email } = found
  const from = organization.name
  const lastDay = formatDay(dayOf(found.expiresAt - 1, organization.timeZone), organization.locale)
  const title = `Join ${from}`
  const paragraphs = [
    `${invitedBy} invites you to work at ${from} as ${roleWords[role].as}, on AdminStack Portals: where the team keeps its clients’ projects, messages, files and invoices.`,
    `The link works once, until ${lastDay}. There is no password to choose.`,
  ]
  const button = {
    label: `Join ${from}`,
    href: ctx.settings.appUrl + paths.join(await invitationToken(ctx.settings, found)),
  }
  const footer = `${invitedBy} at ${from} sent this to ${email}. If you don’t know them, there is nothing to do.`
  return {
    fromName: from,
    subject: `${invitedBy} invites you to ${from}`,
    html: String(
      <MailLayout
        brand={brandOf(organization, ctx.settings.appUrl)}
        title={title}
        preheader={`One click and you are in, as ${roleWords[role].as}.`}
        paragraphs={paragraphs}
        button={button}
        footer={footer}
      />,
    ),
    text: mailText(title, paragraphs, button, footer),
  }
}
