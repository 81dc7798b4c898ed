import { and, eq } from 'drizzle-orm'
import type { Child } from 'hono/jsx'
import type { Ctx } from '../../ctx.ts'
import { milestone } from '../../db/schema/milestones.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { paths } from '../../paths.ts'
import { brandOf, product, type Brand } from '../../ui/brand.ts'
import { MailFooter, mailFooterText, MailLayout, mailText } from '../../ui/email.tsx'
import { Lines } from '../../ui/lines.tsx'
import type { Compose, Composed, Email, NotNeeded } from '../emails/compose.ts'
import { linkOf, portalFacts } from '../links/mail-facts.ts'
import { linkState } from '../links/rules.ts'
import { tokenToSend } from '../links/token.ts'
import { beginning } from '../messages/rules.ts'
import { waysToStop } from '../messages/unsubscribe.ts'

/** Of a note or a description, a mail quotes the beginning. */
const QUOTED = 600

async function factsOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({
      id: milestone.id,
      title: milestone.title,
      description: milestone.description,
      approval: milestone.approval,
      by: milestone.approvalBy,
      at: milestone.approvalAt,
      note: milestone.approvalNote,
      ...portalFacts,
    })
    .from(milestone)
    .innerJoin(portal, eq(portal.id, milestone.portalId))
    .innerJoin(organization, eq(organization.id, portal.organizationId))
    .where(and(eq(milestone.id, mail.data['milestone'] ?? ''), eq(portal.id, mail.portalId ?? '')))
  return row
}

type Facts = NonNullable<Awaited<ReturnType<typeof factsOf>>>

/** Asks a client for their word on a milestone, or tells the team what the word was. */
export const composeApproval: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return 'The milestone was deleted before this was sent.'
  if (facts.approval !== mail.data['to'] || String(facts.at) !== mail.data['at']) {
    return 'The sign-off went on before this was sent.'
  }
  return facts.approval === 'requested' ? forClient(ctx, mail, facts) : forTeam(ctx, facts)
}

async function forClient(
  ctx: Ctx,
  mail: Email,
  facts: Facts,
): Promise<Composed | NotNeeded | string> {
  const found = await linkOf(ctx, mail)
  if (!found) return 'The link was deleted before this was sent.'
  const state = linkState(found, ctx.now)
  if (state !== 'live') return `The link was ${state} before this was sent.`
  if (found.unsubscribedAt !== null) return { notNeeded: 'They asked for no more of these.' }
  const { token, before } = await tokenToSend(ctx, found)
  const { appUrl } = ctx.settings
  const { aside, headers } = await waysToStop(ctx.settings, found.contactId)
  const { title, description, project, client } = facts
  const from = facts.organization.name
  const fromName = facts.senderName ?? from
  return {
    before,
    ...letter({
      brand: brandOf(facts.organization, appUrl),
      title: `${title}: ready for your approval`,
      preheader: `${from} asks for your sign-off on ${project}.`,
      greeting: `Hello ${found.contact}, ${facts.by} at ${from} asks for your sign-off on “${title}”.`,
      quote: description,
      rest: 'Have a look. If it is right, approve it with one click; if not, say what should change.',
      button: {
        label: 'Look and answer',
        href: `${appUrl}${paths.portal(token)}#milestone-${facts.id}`,
      },
      footer: `${from} sent this to ${found.email} for ${client}.`,
      aside,
    }),
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: found.contact,
    subject: `${project}: please approve “${title}”`,
    headers,
  }
}

function forTeam(ctx: Ctx, facts: Facts): Composed {
  const { title, project, client, slug, portalId, organization, note } = facts
  const { appUrl } = ctx.settings
  const did = facts.approval === 'approved' ? 'approved' : 'asks for changes to'
  const words = `${facts.by} ${did} “${title}”`
  return {
    ...letter({
      brand: product,
      title: words,
      preheader: note ? beginning(note, 100) : `${project} for ${client}`,
      greeting: `There is an answer about ${project} for ${client}: ${words}.`,
      quote: note ?? '',
      rest: undefined,
      button: {
        label: 'Open the milestones',
        href: `${appUrl}${paths.milestones(slug, portalId)}#milestone-${facts.id}`,
      },
      footer: `You get this as one of the people who run ${organization.name}.`,
      aside: { label: 'Change what is mailed to you', href: appUrl + paths.account },
    }),
    fromName: product.name,
    subject: `${words} · ${project}`,
  }
}

interface Letter {
  brand: Brand
  title: string
  preheader: string
  greeting: string
  /** What somebody wrote; the mail shows its beginning. */
  quote: string
  rest: string | undefined
  button: { label: string; href: string }
  footer: string
  /** The way to fewer of these, beneath the footer. */
  aside: { label: string; href: string }
}

function letter({ brand, title, preheader, greeting, quote, rest, button, footer, aside }: Letter) {
  const quoted = beginning(quote, QUOTED)
  const html: Child[] = [greeting]
  const text = [greeting]
  if (quoted !== '') {
    html.push(<Lines text={quoted} />)
    text.push(quoted)
  }
  if (rest !== undefined) {
    html.push(rest)
    text.push(rest)
  }
  return {
    html: String(
      <MailLayout
        brand={brand}
        title={title}
        preheader={preheader}
        paragraphs={html}
        button={button}
        footer={<MailFooter words={footer} aside={aside} />}
      />,
    ),
    text: mailText(title, text, button, mailFooterText({ words: footer, aside })),
  }
}
