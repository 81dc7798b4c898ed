import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../ctx.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { paymentLink } from '../../db/schema/payments.ts'
import { portal } from '../../db/schema/portals.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { paymentAtStripe } from '../../platform/stripe.ts'
import { product } from '../../ui/brand.ts'
import {
  MailFooter,
  mailFooterText,
  MailLayout,
  mailText,
  type MailFacts,
} from '../../ui/email.tsx'
import type { Compose, Email } from '../emails/compose.ts'
import { reasonWords, troubleIn, troubles, troubleWords } from './trouble-words.ts'

const paid = alias(payment, 'paid')

async function factsOf(ctx: Ctx, mail: Email) {
  const [row] = await ctx.db
    .select({
      entry: payment,
      /** The payment itself, or the one that is disputed. */
      stripeId: sql<string | null>`coalesce(${paid.stripeId}, ${payment.stripeId})`,
      home: paymentLink.accountId,
      invoiceId: invoice.id,
      number: invoice.number,
      balance: invoice.balance,
      portalId: portal.id,
      project: portal.project,
      client: portal.client,
      house: organization.name,
      slug: organization.slug,
      locale: organization.locale,
      timeZone: organization.timeZone,
    })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .innerJoin(portal, eq(portal.id, payment.portalId))
    .innerJoin(organization, eq(organization.id, payment.organizationId))
    .leftJoin(paid, eq(paid.id, payment.ofId))
    .leftJoin(paymentLink, sql`${paymentLink.id} = coalesce(${paid.linkId}, ${payment.linkId})`)
    .where(
      and(
        eq(payment.id, mail.data['payment'] ?? ''),
        eq(payment.organizationId, mail.organizationId ?? ''),
      ),
    )
  return row
}

/** Tells the team that a bank takes money back, or that a debit failed, as long as that is so. */
export const composeTrouble: Compose = async (ctx, mail) => {
  const facts = await factsOf(ctx, mail)
  if (!facts) return { notNeeded: 'The payment is gone.' }
  const { entry, client, project, house, slug, locale, timeZone } = facts
  const trouble = troubles.find((each) => each === mail.data['trouble'])
  if (trouble === undefined || troubleIn(entry) !== trouble) {
    return { notNeeded: 'It stands otherwise by now.' }
  }
  const money = (amount: number) => formatMoney(amount, entry.currency, locale)
  const { dispute } = entry
  const why =
    trouble === 'failed' ? (entry.failure ?? undefined) : reasonWords(dispute?.reason ?? null)
  const by = dispute?.answerBy ?? null
  const answerBy = by === null ? undefined : formatDay(dayOf(by, timeZone), locale)
  const amount = money(entry.amount)
  const number = facts.number ?? 'an invoice'
  const { title, paragraphs } = troubleWords({
    trouble,
    amount,
    number,
    client,
    why,
    answerBy,
    left: facts.balance > 0 ? money(facts.balance) : undefined,
  })
  const shown: MailFacts = [
    ['Invoice', number],
    ['Amount', amount],
    ...(answerBy === undefined ? [] : [['Answer by', answerBy] as const]),
  ]
  const { appUrl, stripeUrl } = ctx.settings
  const ours = {
    label: 'Open the invoice',
    href: appUrl + paths.invoice(slug, facts.portalId, facts.invoiceId),
  }
  const theirs = {
    label: answerBy === undefined ? 'Look at it in Stripe' : 'Answer in Stripe',
    href: paymentAtStripe(stripeUrl, facts.home, facts.stripeId ?? ''),
  }
  const [button, other] = answerBy === undefined ? [ours, theirs] : [theirs, ours]
  const more = { links: [other] }
  const words = `You get this as one of the people who manage the payments of ${house}.`
  const aside = { label: 'Change what is mailed to you', href: appUrl + paths.account }
  return {
    html: String(
      <MailLayout
        brand={product}
        title={title}
        preheader={`${project} for ${client}`}
        paragraphs={paragraphs}
        facts={shown}
        button={button}
        more={more}
        footer={<MailFooter words={words} aside={aside} />}
      />,
    ),
    text: mailText(title, paragraphs, button, mailFooterText({ words, aside }), {
      facts: shown,
      more,
    }),
    fromName: product.name,
    subject: `${title} · ${project}`,
  }
}
