import { eq, sql } from 'drizzle-orm'
import type { Child } from 'hono/jsx'
import type { Ctx } from '../../ctx.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { product } from '../../ui/brand.ts'
import { MailFooter, mailFooterText, MailLayout, mailText } from '../../ui/email.tsx'
import { Lines } from '../../ui/lines.tsx'
import type { Compose, Email } from '../emails/compose.ts'
import { invoiceMailFacts } from '../invoices/mail-facts.ts'
import { invoiceLetter } from '../invoices/mails.tsx'
import { beginning } from '../messages/rules.ts'
import { problemNote } from './note.ts'
import { remindedInvoice } from './queries.ts'
import { bounced } from './recipients.ts'
import { isReminderOf } from './remind.ts'
import { heldBack } from './rules.ts'
import { reminderWords } from './words.ts'

const pathOf = (mail: Email) => ({
  portal: mail.portalId ?? '',
  invoice: mail.data['invoice'] ?? '',
})

const notNeeded = (why: string) => ({ notNeeded: why })

/** Words of the team's own may hold what a subject can't: it is one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Reminds of an invoice, if that is still right at the moment it leaves. */
export const composeReminder: Compose = async (ctx, mail) => {
  const facts = await remindedInvoice(ctx.db, mail.organizationId ?? '', pathOf(mail))
  if (!facts) return notNeeded('The invoice is gone.')
  // Whoever of the team sends one again that bounced or failed knows why, as by hand.
  const again = mail.key.startsWith('retry:')
  const by = again || mail.data['by'] === 'hand' ? 'hand' : 'schedule'
  const held = heldBack(facts, dayOf(ctx.now, facts.timeZone), by)
  if (held !== undefined) return notNeeded(`Nobody is reminded of it by now: ${held}.`)
  const { bounced, overtaken } = await meanwhile(ctx, mail, facts.id)
  if (bounced && !again) {
    return notNeeded('A mail to this address bounced before this was sent.')
  }
  if (overtaken) return notNeeded('A later reminder of it was written before this was sent.')
  const of = await invoiceMailFacts(ctx, mail)
  if (typeof of === 'string') return notNeeded(of)
  const { subject, paragraphs } = reminderWords(facts, of.contact, ctx.now)
  const title = oneLine(subject)
  const money = (amount: number) => formatMoney(amount, facts.currency, facts.locale)
  const due = formatDay(facts.dueOn, facts.locale)
  const late = dayOf(ctx.now, facts.timeZone) > facts.dueOn
  return invoiceLetter(ctx, of, {
    subject: title,
    title,
    preheader: `${money(facts.balance)} for ${facts.project}`,
    paragraphs,
    facts: [
      ['Invoice', facts.number],
      ['To pay', money(facts.balance)],
      [late ? 'Was due' : 'Due by', due],
    ],
    asks: true,
    links: (token) => [
      { label: 'Say when you will pay', href: `${paths.invoicePage(token)}#later` },
      { label: 'Say what is wrong with it', href: `${paths.invoicePage(token)}#problem` },
    ],
  })
}

/** What became of the address, and whether a later one says the same while mails could not be sent. */
async function meanwhile(ctx: Ctx, mail: Email, invoice: string) {
  const [row] = await ctx.db
    .select({
      bounced: bounced(mail.organizationId ?? ''),
      overtaken: sql<boolean>`exists (
        select 1 from ${email} later where ${isReminderOf('later', invoice)}
        and later.link_id = ${mail.linkId} and later.created_at > ${mail.createdAt})`.mapWith(
        Boolean,
      ),
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row ?? { bounced: false, overtaken: false }
}

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
