import { and, asc, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { contact, link } from '../../db/schema/links.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { paths } from '../../paths.ts'
import { brandOf, product, type Brand } from '../../ui/brand.ts'
import { MailFooter, mailFooterText, MailLayout, mailText } from '../../ui/email.tsx'
import type { Compose, Composed, Email, NotNeeded } from '../emails/compose.ts'
import { linkState, mayOpen } from '../links/rules.ts'
import { tokenToSend } from '../links/token.ts'
import { beginning } from './rules.ts'
import { waysToStop } from './unsubscribe.ts'

/** Messages that one mail quotes; of each, the beginning. */
const QUOTED = 5
const QUOTED_LENGTH = 600

interface Quote {
  author: string
  body: string
}

/**
 * What a mail is about and is still news: from the other side, since the mail before this one, and
 * after what its reader, or anybody of the team, has read by now.
 */
async function quotesFor(ctx: Ctx, mail: Email, from: AuthorKind): Promise<Quote[]> {
  const { first = '', newest = '', recipient = '', to } = mail.data
  const readers =
    to === 'team'
      ? sql`reader_kind = 'member'`
      : sql`reader_kind = 'contact' and reader_id = ${recipient}`
  const rows = await ctx.db
    .select({ author: message.authorName, body: message.body })
    .from(message)
    .where(
      and(
        eq(message.portalId, mail.portalId ?? ''),
        eq(message.authorKind, from),
        isNull(message.archivedAt),
        gte(message.seq, Number(first)),
        lte(message.seq, Number(newest)),
        sql`${message.seq} > (
          select coalesce(max(seq), 0) from ${reading} where portal_id = ${mail.portalId} and ${readers})`,
      ),
    )
    .orderBy(asc(message.seq))
    .limit(QUOTED + 1)
  return rows.map(({ author, body }) => ({ author, body: beginning(body, QUOTED_LENGTH) }))
}

async function factsOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({
      portalId: portal.id,
      project: portal.project,
      client: portal.client,
      organization: {
        id: organization.id,
        name: organization.name,
        logo: organization.logo,
        accent: organization.accent,
      },
      senderName: organization.senderName,
      replyTo: organization.replyTo,
      slug: organization.slug,
      archivedAt: portal.archivedAt,
    })
    .from(portal)
    .innerJoin(organization, eq(organization.id, portal.organizationId))
    .where(eq(portal.id, mail.portalId ?? ''))
  return row
}

type Facts = NonNullable<Awaited<ReturnType<typeof factsOf>>>

async function linkOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({
      id: link.id,
      scope: link.scope,
      key: link.key,
      version: link.version,
      pausedAt: link.pausedAt,
      expiresAt: link.expiresAt,
      contactId: contact.id,
      contact: contact.name,
      email: contact.email,
      unsubscribedAt: contact.unsubscribedAt,
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row
}

type Answer = Promise<Composed | NotNeeded>

const notNeeded = (why: string): NotNeeded => ({ notNeeded: why })
const overtaken = notNeeded('The messages were read or put away before this was sent.')

/** News of a thread, for a client or for somebody of the team. */
export const composeMessages: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return notNeeded('The portal was deleted before this was sent.')
  if (facts.archivedAt !== null) return notNeeded('The portal was archived before this was sent.')
  return mail.data['to'] === 'team' ? forTeam(ctx, mail, facts) : forClient(ctx, mail, facts)
}

async function forClient(ctx: Ctx, mail: Email, facts: Facts): Answer {
  const found = await linkOf(ctx, mail)
  if (!found) return notNeeded('The link was deleted before this was sent.')
  const state = linkState(found, ctx.now)
  if (state !== 'live') return notNeeded(`The link was ${state} before this was sent.`)
  if (!mayOpen(found.scope, 'messages')) return notNeeded('The link opens no messages any more.')
  if (found.unsubscribedAt !== null) return notNeeded('They asked for no more of these.')
  const quotes = await quotesFor(ctx, mail, 'member')
  const [first] = quotes
  if (!first) return overtaken
  const { token, before } = await tokenToSend(ctx, found)
  const { appUrl } = ctx.settings
  const { aside, headers } = await waysToStop(ctx.settings, found.contactId)
  const { organization, project, client } = facts
  const from = organization.name
  const fromName = facts.senderName ?? from
  const title =
    quotes.length === 1 ? `${first.author} wrote to you` : `New messages about ${project}`
  return {
    before,
    ...letter(quotes, {
      brand: brandOf(organization, appUrl),
      title,
      greeting: `Hello ${found.contact},`,
      button: { label: 'Read and answer', href: `${appUrl}${paths.portal(token)}#messages` },
      footer: `${from} sent this to ${found.email} for ${client}.`,
      aside,
    }),
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: found.contact,
    subject: `${project}: ${quotes.length === 1 ? `a message from ${first.author}` : 'new messages'}`,
    headers,
  }
}

async function forTeam(ctx: Ctx, mail: Email, facts: Facts): Answer {
  const quotes = await quotesFor(ctx, mail, 'contact')
  const [first] = quotes
  if (!first) return overtaken
  const { project, client, slug, portalId, organization } = facts
  const title = `${first.author} wrote about ${project}`
  const { appUrl } = ctx.settings
  return {
    ...letter(quotes, {
      brand: product,
      title,
      greeting: `There is news from ${client}:`,
      button: {
        label: 'Read and answer',
        href: `${appUrl}${paths.messages(slug, portalId)}#write`,
      },
      footer: `You get this as one of the people who run ${organization.name}.`,
      aside: { label: 'Change what is mailed to you', href: appUrl + paths.account },
    }),
    fromName: product.name,
    subject: `${first.author} wrote about ${project}`,
  }
}

interface Letter {
  brand: Brand
  title: string
  greeting: string
  button: { label: string; href: string }
  footer: string
  /** The way to fewer of these, beneath the footer. */
  aside: { label: string; href: string }
}

function letter(
  quotes: readonly Quote[],
  { brand, title, greeting, button, footer, aside }: Letter,
): Pick<Composed, 'html' | 'text'> {
  const shown = quotes.slice(0, QUOTED)
  const more = quotes.length > QUOTED ? ['There is more in the portal.'] : []
  return {
    html: String(
      <MailLayout
        brand={brand}
        title={title}
        preheader={beginning(shown[0]?.body ?? '', 100)}
        paragraphs={[greeting, ...shown.map((quote) => <Quoted {...quote} />), ...more]}
        button={button}
        footer={<MailFooter words={footer} aside={aside} />}
      />,
    ),
    text: mailText(
      title,
      [greeting, ...shown.map(({ author, body }) => `${author}:\n${quoted(body)}`), ...more],
      button,
      mailFooterText({ words: footer, aside }),
    ),
  }
}

/** Marked line by line, so that nothing in it can pass for words of ours. */
const quoted = (body: string): string => body.replace(/^/gm, '> ')

const Quoted = ({ author, body }: Quote) => (
  <>
    <b>{author}</b>
    {body.split('\n').map((words) => (
      <>
        <br />
        {words}
      </>
    ))}
  </>
)
