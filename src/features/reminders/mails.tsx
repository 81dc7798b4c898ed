import { eq } from 'drizzle-orm'
import type { Child } from 'hono/jsx'
import type { Ctx } from '../../ctx.ts'
import { contact, link } from '../../db/schema/links.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { brandOf, product } from '../../ui/brand.ts'
import { MailFooter, mailFooterText, MailLayout, mailText } from '../../ui/email.tsx'
import { Lines } from '../../ui/lines.tsx'
import type { Compose, Email } from '../emails/compose.ts'
import { linkState } from '../links/rules.ts'
import { tokenToSend } from '../links/token.ts'
import { beginning } from '../messages/rules.ts'
import { problemNote } from './note.ts'
import { remindedInvoice } from './queries.ts'
import { bounced } from './recipients.ts'
import { heldBack } from './rules.ts'
import { reminderWords } from './words.ts'

const pathOf = (mail: Email) => ({
  portal: mail.portalId ?? '',
  invoice: mail.data['invoice'] ?? '',
})

const notNeeded = (why: string) => ({ notNeeded: why })

async function linkOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({
      id: link.id,
      key: link.key,
      version: link.version,
      pausedAt: link.pausedAt,
      expiresAt: link.expiresAt,
      contact: contact.name,
      email: contact.email,
      bounced: bounced(mail.organizationId ?? ''),
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row
}

/** Words of the team's own may hold what a subject can't: it is one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Reminds of an invoice, if that is still right at the moment it leaves. */
export const composeReminder: Compose = async (ctx, mail) => {
  const facts = await remindedInvoice(ctx.db, mail.organizationId ?? '', pathOf(mail))
  if (!facts) return notNeeded('The invoice is gone.')
  const by = mail.data['by'] === 'hand' ? 'hand' : 'schedule'
  const held = heldBack(facts, dayOf(ctx.now, facts.timeZone), by)
  if (held !== undefined) return notNeeded(`Nobody is reminded of it by now: ${held}.`)
  const found = await linkOf(ctx, mail)
  if (!found) return notNeeded('The link was deleted before this was sent.')
  const state = linkState(found, ctx.now)
  if (state !== 'live') return notNeeded(`The link was ${state} before this was sent.`)
  if (found.bounced) return notNeeded('A mail to this address bounced before this was sent.')
  const { token, before } = await tokenToSend(ctx, found)
  const { organization, project, client } = facts
  const { subject, paragraphs } = reminderWords(facts, found.contact, ctx.now)
  const { appUrl } = ctx.settings
  const page = `${appUrl}${paths.clientInvoice(token, facts.id)}`
  const ways = {
    later: { label: 'Say when you will pay', href: `${page}#later` },
    problem: { label: 'Say what is wrong', href: `${page}#problem` },
  }
  const from = organization.name
  const fromName = facts.senderName ?? from
  const title = oneLine(subject)
  const button = { label: 'Open the invoice', href: page }
  const footer = `${from} sent this to ${found.email} for ${client}.`
  return {
    before,
    html: String(
      <MailLayout
        brand={brandOf(organization, appUrl)}
        title={title}
        preheader={`${formatMoney(facts.balance, facts.currency, facts.locale)} for ${project}`}
        paragraphs={[
          ...paragraphs.map((text) => <Lines text={text} />),
          <>
            Will it be another day? <Way {...ways.later} />
            <br />
            Is something not right with it? <Way {...ways.problem} />
          </>,
        ]}
        button={button}
        footer={footer}
      />,
    ),
    text: mailText(
      title,
      [
        ...paragraphs,
        `Will it be another day? ${ways.later.label}:\n${ways.later.href}`,
        `Is something not right with it? ${ways.problem.label}:\n${ways.problem.href}`,
      ],
      button,
      footer,
    ),
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: found.contact,
    subject: title,
  }
}

const Way = ({ label, href }: { label: string; href: string }) => (
  <a href={href} style="color:inherit;">
    {label}
  </a>
)

/** Of a client's words, a mail quotes the beginning. */
const QUOTED = 600

/** Tells the team what a client answered, as long as it stands. */
export const composeAnswer: Compose = async (ctx, mail) => {
  const facts = await remindedInvoice(ctx.db, mail.organizationId ?? '', pathOf(mail))
  if (!facts) return notNeeded('The invoice is gone.')
  const { number, promisedOn, problemAt, locale, project, client, organization } = facts
  const by = mail.data['by'] ?? client
  const promises = mail.data['answer'] === 'will-pay'
  if (promises ? promisedOn === null : problemAt === null) {
    return notNeeded('The answer was seen to before this was sent.')
  }
  const [said] = problemAt === null ? [] : await problemNote(ctx.db, organization.id, facts.id)
  const note = beginning(said?.note ?? '', QUOTED)
  const title =
    promisedOn === null
      ? `${by} says there is a problem with ${number}`
      : `${by} will pay ${number} on ${formatDay(promisedOn, locale)}`
  const greeting = `There is an answer about ${number} for ${client}.`
  const rest = promises
    ? 'Reminders wait until then, and go on the day after if it is still open.'
    : 'Reminders of it have stopped. Once you have seen to it, say so on its page and they go on.'
  const { appUrl } = ctx.settings
  const button = {
    label: 'Open the invoice',
    href: `${appUrl}${paths.invoice(facts.slug, facts.portalId, facts.id)}`,
  }
  const words = `You get this as one of the people who run ${organization.name}.`
  const aside = { label: 'Change what is mailed to you', href: appUrl + paths.account }
  const html: Child[] = [greeting, ...(note === '' ? [] : [<Lines text={note} />]), rest]
  const text = [greeting, ...(note === '' ? [] : [note.replace(/^/gm, '> ')]), rest]
  return {
    html: String(
      <MailLayout
        brand={product}
        title={title}
        preheader={note === '' ? `${project} for ${client}` : beginning(note, 100)}
        paragraphs={html}
        button={button}
        footer={<MailFooter words={words} aside={aside} />}
      />,
    ),
    text: mailText(title, text, button, mailFooterText({ words, aside })),
    fromName: product.name,
    subject: `${title} · ${project}`,
  }
}
