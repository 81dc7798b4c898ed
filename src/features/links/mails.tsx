import { eq } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { contact, link } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { brandOf, product } from '../../ui/brand.ts'
import { MailLayout, mailText } from '../../ui/email.tsx'
import type { Compose, Email } from '../emails/compose.ts'
import { linkFacts, portalFacts } from './mail-facts.ts'
import { linkState } from './rules.ts'
import { tokenToSend } from './token.ts'

async function factsOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({ ...linkFacts, ...portalFacts })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row
}

export const composeLink: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return 'The link was deleted before this was sent.'
  const state = linkState(facts, ctx.now)
  if (state !== 'live') return `The link was ${state} before this was sent.`
  const { token, before } = await tokenToSend(ctx, facts)
  const { project, client } = facts
  const brand = brandOf(facts.organization, ctx.settings.appUrl)
  const from = brand.name
  const fromName = facts.senderName ?? from
  const href = ctx.settings.appUrl + paths.portal(token)
  const renewed = mail.data['occasion'] === 'replaced' || mail.data['occasion'] === 'asked'
  const title = renewed ? `Your new link to ${project}` : `Your portal for ${project}`
  const until =
    facts.expiresAt === null
      ? ''
      : ` It works until the end of ${formatDay(dayOf(facts.expiresAt - 1, facts.timeZone), facts.locale)}.`
  const paragraphs = [
    `Hello ${facts.contact},`,
    renewed
      ? `Here is your new link to the portal for ${project}. Links you had before no longer work.`
      : facts.scope === 'billing'
        ? `${from} opened a portal for ${project} and shares its invoices with you there.`
        : `${from} opened a portal for ${project}: progress, messages, files and invoices, all in one place.`,
    `The link signs you in, with no account and no password.${until} It is yours alone, so please don’t pass it on.`,
  ]
  const button = { label: 'Open the portal', href }
  const footer = `${from} sent this to ${facts.email} for ${client}.`
  return {
    before,
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: facts.contact,
    subject: renewed ? `Your new link to ${project}` : `${project}: your portal at ${from}`,
    html: String(
      <MailLayout
        brand={brand}
        title={title}
        preheader={`One click and you are in: ${project} for ${client}.`}
        paragraphs={paragraphs}
        button={button}
        footer={footer}
      />,
    ),
    text: mailText(title, paragraphs, button, footer),
  }
}

/** Tells the team that somebody stands before an expired link. */
export const composeLinkRequest: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return 'The link was deleted before this was sent.'
  const { project, client } = facts
  const title = `${facts.contact} asks for a new link`
  const paragraphs = [
    `${facts.contact} (${facts.email}) tried to open ${project} for ${client}, and their link has expired.`,
    'To let them back in, give the link a later last day. Otherwise there is nothing to do.',
  ]
  const button = {
    label: 'Open the portal’s links',
    href: ctx.settings.appUrl + paths.portalOf(facts.slug, facts.portalId),
  }
  const footer = `AdminStack Portals sent this to you as one of the people who run ${facts.organization.name}.`
  return {
    fromName: product.name,
    replyTo: { email: facts.email, name: facts.contact },
    subject: `${facts.contact} asks for a new link to ${project}`,
    html: String(
      <MailLayout
        brand={product}
        title={title}
        preheader={`Their link to ${project} has expired.`}
        paragraphs={paragraphs}
        button={button}
        footer={footer}
      />,
    ),
    text: mailText(title, paragraphs, button, footer),
  }
}
