import { and, asc, eq, gte, isNull, lte } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { contact, link } from '../../db/schema/links.ts'
import { message, type AuthorKind } from '../../db/schema/messages.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { paths } from '../../paths.ts'
import { brandOf, product, type Brand } from '../../ui/brand.ts'
import { MailLayout, mailText } from '../../ui/email.tsx'
import type { Compose, Composed, Email } from '../emails/compose.ts'
import { linkState } from '../links/rules.ts'
import { tokenToSend } from '../links/token.ts'
import { beginning } from './rules.ts'
import { unsubscribeToken } from './unsubscribe.ts'

/** Messages that one mail quotes; of each, the beginning. */
const QUOTED = 5
const QUOTED_LENGTH = 600

interface Quote {
  author: string
  body: string
}

/** The messages a mail is about: from the other side, since the mail before this one or the last look. */
async function quotesFor(ctx: Ctx, mail: Email, from: AuthorKind): Promise<Quote[]> {
  const rows = await ctx.db
    .select({ author: message.authorName, body: message.body })
    .from(message)
    .where(
      and(
        eq(message.portalId, mail.portalId ?? ''),
        eq(message.authorKind, from),
        isNull(message.archivedAt),
        gte(message.id, mail.data['first'] ?? ''),
        lte(message.id, mail.data['newest'] ?? ''),
      ),
    )
    .orderBy(asc(message.id))
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
      key: link.key,
      version: link.version,
      pausedAt: link.pausedAt,
      expiresAt: link.expiresAt,
      contactId: contact.id,
      contact: contact.name,
      email: contact.email,
    })
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(eq(link.id, mail.linkId ?? ''))
  return row
}

/** News of a thread, for a client or for somebody of the team. */
export const composeMessages: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return 'The portal was deleted before this was sent.'
  return mail.data['to'] === 'team' ? forTeam(ctx, mail, facts) : forClient(ctx, mail, facts)
}

async function forClient(ctx: Ctx, mail: Email, facts: Facts): Promise<Composed | string> {
  const found = await linkOf(ctx, mail)
  if (!found) return 'The link was deleted before this was sent.'
  const state = linkState(found, ctx.now)
  if (state !== 'live') return `The link was ${state} before this was sent.`
  const quotes = await quotesFor(ctx, mail, 'member')
  const [first] = quotes
  if (!first) return 'The messages were put away before this was sent.'
  const { token, before } = await tokenToSend(ctx, found)
  const { appUrl } = ctx.settings
  const unsubscribe =
    appUrl + paths.api.unsubscribe(await unsubscribeToken(ctx.settings, found.contactId))
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
      footer: `${from} sent this to ${found.email} for ${client}. No more emails about messages: ${unsubscribe}`,
    }),
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: found.contact,
    subject: `${project}: ${quotes.length === 1 ? `a message from ${first.author}` : 'new messages'}`,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}

async function forTeam(ctx: Ctx, mail: Email, facts: Facts): Promise<Composed | string> {
  const quotes = await quotesFor(ctx, mail, 'contact')
  const [first] = quotes
  if (!first) return 'The messages were put away before this was sent.'
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
        href: appUrl + paths.messages(slug, portalId),
      },
      footer: `You get this as one of the people who run ${organization.name}. Change what is mailed to you: ${appUrl}${paths.account}`,
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
}

function letter(
  quotes: readonly Quote[],
  { brand, title, greeting, button, footer }: Letter,
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
        footer={footer}
      />,
    ),
    text: mailText(
      title,
      [greeting, ...shown.map(({ author, body }) => `${author}:\n${body}`), ...more],
      button,
      footer,
    ),
  }
}

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
