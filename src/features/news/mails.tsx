import { eq } from 'drizzle-orm'
import type { Child } from 'hono/jsx'
import type { Ctx } from '../../ctx.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { dayOf, formatDue } from '../../lib/day.ts'
import { sizeWords } from '../../lib/size.ts'
import { paths } from '../../paths.ts'
import { brandOf, product, type Brand } from '../../ui/brand.ts'
import { MailFooter, mailFooterText, MailLayout, mailText } from '../../ui/email.tsx'
import type { Compose, Composed, Email, NotNeeded } from '../emails/compose.ts'
import { linkOf, portalFacts } from '../links/mail-facts.ts'
import { linkState, mayOpen } from '../links/rules.ts'
import { tokenToSend } from '../links/token.ts'
import { beginning } from '../messages/rules.ts'
import { waysToStop } from '../messages/unsubscribe.ts'
import { contentOf, QUOTED, type Content, type Quote, type Request, type Sent } from './content.ts'
import { subjectForClient, subjectForTeam, type Told } from './rules.ts'

async function factsOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select(portalFacts)
    .from(portal)
    .innerJoin(organization, eq(organization.id, portal.organizationId))
    .where(eq(portal.id, mail.portalId ?? ''))
  return row
}

type Facts = NonNullable<Awaited<ReturnType<typeof factsOf>>>

type Answer = Promise<Composed | NotNeeded>

const notNeeded = (why: string): NotNeeded => ({ notNeeded: why })
const overtaken = notNeeded(
  'What it tells of was read, answered or taken back before this was sent.',
)

/** News of a portal, for a client or for somebody of the team. */
export const composeNews: Compose = async (ctx, mail) => {
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
  const content = await contentOf(ctx, mail, 'member')
  if (!content) return overtaken
  const { token, before } = await tokenToSend(ctx, found)
  const { appUrl } = ctx.settings
  const { aside, headers } = await waysToStop(ctx.settings, found.contactId)
  const { organization, project, client } = facts
  const from = organization.name
  const fromName = facts.senderName ?? from
  const page = `${appUrl}${paths.portal(token)}`
  return {
    before,
    ...letter(content, {
      brand: brandOf(organization, appUrl),
      title: titleForClient(content, { project, from }),
      greeting: `Hello ${found.contact},`,
      asks: (count) =>
        count === 1
          ? `${from} needs a file for ${project}. You can send it right on your page.`
          : `${from} needs ${count} files for ${project}. You can send them right on your page.`,
      today: { day: dayOf(ctx.now, facts.timeZone), locale: facts.locale },
      button:
        content.requests.length > 0
          ? {
              label: content.requests.length === 1 ? 'Send the file' : 'Send the files',
              href: `${page}#files`,
            }
          : content.quotes.length > 0
            ? { label: 'Read and answer', href: `${page}#messages` }
            : { label: 'See the files', href: `${page}#files` },
      footer: `${from} sent this to ${found.email} for ${client}.`,
      aside,
    }),
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: found.contact,
    subject: subjectForClient(toldBy(content), { project, team: from }),
    headers,
  }
}

async function forTeam(ctx: Ctx, mail: Email, facts: Facts): Answer {
  const content = await contentOf(ctx, mail, 'contact')
  if (!content) return overtaken
  const { project, client, slug, portalId, organization } = facts
  const { appUrl } = ctx.settings
  const subject = subjectForTeam(toldBy(content), { project })
  return {
    ...letter(content, {
      brand: product,
      title: subject,
      greeting: `There is news from ${client}:`,
      asks: () => '',
      today: { day: dayOf(ctx.now, facts.timeZone), locale: facts.locale },
      button:
        content.quotes.length > 0
          ? { label: 'Read and answer', href: `${appUrl}${paths.messages(slug, portalId)}#write` }
          : { label: 'See the files', href: `${appUrl}${paths.files(slug, portalId)}` },
      footer: `You get this as one of the people who run ${organization.name}.`,
      aside: { label: 'Change what is mailed to you', href: appUrl + paths.account },
    }),
    fromName: product.name,
    subject,
  }
}

const toldBy = ({ quotes, files, moreFiles, requests }: Content): Told => ({
  messages: {
    authors: quotes.slice(0, QUOTED).map(({ author }) => author),
    more: quotes.length > QUOTED,
  },
  files: { sent: files, more: moreFiles },
  requests: requests.map(({ title }) => title),
})

function titleForClient(
  { quotes, files, moreFiles, requests }: Content,
  { project, from }: { project: string; from: string },
): string {
  const [quote] = quotes
  const [sent] = files
  if (requests.length > 0 && quotes.length + files.length === 0) {
    const [asked, ...others] = requests
    return asked && others.length === 0
      ? `${from} is waiting for ${asked.title}`
      : `${from} is waiting for ${requests.length} files`
  }
  if (quote && quotes.length === 1 && files.length + requests.length === 0)
    return `${quote.author} wrote to you`
  if (sent && files.length + moreFiles === 1 && quotes.length + requests.length === 0)
    return `${sent.by} sent you a file`
  if (files.length + requests.length === 0) return `New messages about ${project}`
  return quotes.length + requests.length === 0 ? `New files for ${project}` : `News of ${project}`
}

interface Letter {
  brand: Brand
  title: string
  greeting: string
  /** The sentence before what is asked for. */
  asks: (count: number) => string
  today: { day: string; locale: string }
  button: { label: string; href: string }
  footer: string
  /** The way to fewer of these, beneath the footer. */
  aside: { label: string; href: string }
}

interface Paragraph {
  html: Child
  text: string
}

function letter(
  { quotes, files, moreFiles, requests }: Content,
  { brand, title, greeting, asks, today, button, footer, aside }: Letter,
): Pick<Composed, 'html' | 'text'> {
  const shown = quotes.slice(0, QUOTED)
  const plain = (words: string): Paragraph => ({ html: words, text: words })
  const paragraphs: Paragraph[] = [
    plain(greeting),
    ...(requests.length > 0 ? [plain(asks(requests.length))] : []),
    ...requests.map((request) => askedFor(request, today)),
    ...shown.map((quote) => ({
      html: <Quoted {...quote} />,
      text: `${quote.author}:\n${quoted(quote.body)}`,
    })),
    ...files.map(fileSent),
    ...(moreFiles > 0
      ? [plain(moreFiles === 1 ? 'And one more file.' : `And ${moreFiles} more files.`)]
      : []),
    ...(quotes.length > QUOTED ? [plain('There is more in the portal.')] : []),
  ]
  return {
    html: String(
      <MailLayout
        brand={brand}
        title={title}
        preheader={beginning(requests[0]?.title ?? shown[0]?.body ?? files[0]?.name ?? '', 100)}
        paragraphs={paragraphs.map(({ html }) => html)}
        button={button}
        footer={<MailFooter words={footer} aside={aside} />}
      />,
    ),
    text: mailText(
      title,
      paragraphs.map(({ text }) => text),
      button,
      mailFooterText({ words: footer, aside }),
    ),
  }
}

/** Marked line by line, so that nothing in it can pass for words of ours. */
const quoted = (body: string): string => body.replace(/^/gm, '> ')

function askedFor(
  { title, note, dueOn }: Request,
  { day, locale }: { day: string; locale: string },
): Paragraph {
  const due =
    dueOn === null
      ? ''
      : dueOn < day
        ? `It was due on ${formatDue(dueOn, day, locale)}.`
        : dueOn === day
          ? 'It is due today.'
          : `It is due on ${formatDue(dueOn, day, locale)}.`
  return {
    html: (
      <>
        <b>{title}</b>
        {due && (
          <>
            <br />
            {due}
          </>
        )}
        {note && <Broken text={note} />}
      </>
    ),
    text: [quoted(title), ...(note ? [quoted(note)] : []), ...(due ? [due] : [])].join('\n'),
  }
}

function fileSent({ name, by, version, size, request }: Sent): Paragraph {
  const which = version > 1 ? `version ${version}, ${sizeWords(size)}` : sizeWords(size)
  const forRequest = request === null ? '' : `, for “${request}”`
  return {
    html: (
      <>
        {by} sent <b>{name}</b> ({which}){forRequest}
      </>
    ),
    text: `${by} sent:\n${quoted(`${name} (${which})${forRequest}`)}`,
  }
}

const Broken = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((words) => (
      <>
        <br />
        {words}
      </>
    ))}
  </>
)

const Quoted = ({ author, body }: Quote) => (
  <>
    <b>{author}</b>
    <Broken text={body} />
  </>
)
