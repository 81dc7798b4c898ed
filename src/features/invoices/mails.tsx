import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { invoice, payment } from '../../db/schema/invoices.ts'
import type { BankDetails } from '../../db/schema/organizations.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { brandOf } from '../../ui/brand.ts'
import {
  MailLayout,
  mailText,
  type MailButton,
  type MailFacts,
  type MailMore,
} from '../../ui/email.tsx'
import { spacedIban } from '../documents/epc.ts'
import type { Compose, Composed } from '../emails/compose.ts'
import { invoiceMailFacts, type InvoiceMailFacts } from './mail-facts.ts'
import { isCharged } from '../payments/rules.ts'
import { isOverdue } from './rules.ts'
import { invoiceTokenToSend } from './token.ts'

/** What is particular to one kind of mail about an invoice. */
export interface Letter {
  subject: string
  title: string
  preheader: string
  paragraphs: readonly string[]
  facts: MailFacts
  /** Whether it asks for money: it then says how to pay. */
  asks: boolean
  /** Addresses below the invoice's own. */
  links: (token: string) => readonly MailButton[]
}

/**
 * A mail about an invoice to one contact, in the organisation's name. It carries the token of that
 * invoice alone, and no way into the portal: such mails are forwarded to whoever pays.
 */
export async function invoiceLetter(
  ctx: Ctx,
  facts: InvoiceMailFacts,
  letter: Letter,
): Promise<Composed> {
  const { invoice, number, project, client } = facts
  const { token, before } = await invoiceTokenToSend(ctx, {
    organizationId: facts.organization.id,
    portalId: facts.portalId,
    invoiceId: invoice.id,
    contactId: facts.contactId,
  })
  const { appUrl } = ctx.settings
  const see = { label: `See invoice ${number}`, href: appUrl + paths.invoicePage(token) }
  const online = letter.asks && facts.online === 1 && isCharged(invoice.asked, invoice.currency)
  const button = online ? { label: 'Pay now', href: appUrl + paths.invoicePay(token) } : see
  const bank = letter.asks && invoice.balance > 0 ? invoice.seller?.bank : null
  const more: MailMore = {
    ...(bank ? { title: online ? 'Or pay by bank transfer' : 'How to pay' } : {}),
    facts: bank ? transfer(bank, number) : [],
    links: [
      ...(online ? [see] : []),
      ...letter.links(token).map(({ label, href }) => ({ label, href: appUrl + href })),
    ],
  }
  const { title, preheader, subject } = letter
  const brand = brandOf(facts.organization, appUrl)
  const fromName = facts.senderName ?? brand.name
  const paragraphs = [`Hello ${facts.contact},`, ...letter.paragraphs]
  const footer = `${brand.name} sent this to ${facts.email} for ${client}, about ${project}. Whoever has this mail can open this invoice, and nothing else.`
  const shown = { facts: letter.facts, more }
  return {
    before,
    fromName,
    ...(facts.replyTo === null ? {} : { replyTo: { email: facts.replyTo, name: fromName } }),
    toName: facts.contact,
    subject,
    html: String(
      <MailLayout
        brand={brand}
        title={title}
        preheader={preheader}
        paragraphs={paragraphs}
        button={button}
        footer={footer}
        {...shown}
      />,
    ),
    text: mailText(title, paragraphs, button, footer, shown),
  }
}

/** How it is paid by bank, with what says for which invoice. */
const transfer = ({ holder, iban, bic, details }: BankDetails, reference: string): MailFacts => [
  ['Pay to', holder],
  ...(iban === null ? [] : [['IBAN', spacedIban(iban)] as const]),
  ...(bic === null ? [] : [['BIC', bic] as const]),
  ...(details === null ? [] : [['Account', details] as const]),
  ['Reference', reference],
]

/** An invoice as it was issued, or sent again. */
export const composeInvoice: Compose = async (ctx, mail) => {
  const facts = await invoiceMailFacts(ctx, mail)
  if (typeof facts === 'string') return facts
  const { invoice: of, number, locale, dueOn, project, organization, timeZone } = facts
  if (of.status === 'void') return { notNeeded: 'The invoice was voided before this was sent.' }
  const money = (amount: number) => formatMoney(amount, of.currency, locale)
  const due = formatDay(dueOn, locale)
  const late = isOverdue(of, dayOf(ctx.now, timeZone))
  const from = organization.name
  const asks = of.status === 'open' && of.balance > 0
  return invoiceLetter(ctx, facts, {
    subject: `Invoice ${number} from ${from}`,
    title: `Invoice ${number}`,
    preheader: asks
      ? `${money(of.balance)} ${late ? 'was' : 'is'} due by ${due}.`
      : 'There is nothing left to pay.',
    paragraphs: [
      mail.data['occasion'] === 'again'
        ? `Here is our invoice for ${project} once more.`
        : `Here is our invoice for ${project}. Thank you for working with us.`,
      ...(asks ? [] : ['There is nothing left to pay: this is for your records.']),
    ],
    facts: [
      ['Invoice', number],
      ['Total', money(of.total)],
      ...(asks && of.balance !== of.total ? [['Left to pay', money(of.balance)] as const] : []),
      ...(asks ? [[late ? 'Was due' : 'Due by', due] as const] : []),
    ],
    asks,
    links: (token) => [{ label: 'Download it as PDF', href: paths.invoicePdf(token) }],
  })
}

/** What came for an invoice, once it is there. */
export const composeReceipt: Compose = async (ctx, mail) => {
  const facts = await invoiceMailFacts(ctx, mail)
  if (typeof facts === 'string') return facts
  const { invoice: of, number, locale, project, organization } = facts
  const id = mail.data['payment'] ?? ''
  const [entry] = await ctx.db
    .select({
      amount: payment.amount,
      receivedOn: payment.receivedOn,
      undone: sql<number>`exists(
        select 1 from ${payment} back
        where back.of_id = ${payment.id} and back.kind = 'reversal' and back.state = 'succeeded')`,
    })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .where(
      and(
        eq(payment.id, id),
        eq(payment.invoiceId, of.id),
        eq(payment.kind, 'payment'),
        eq(payment.state, 'succeeded'),
      ),
    )
  if (!entry || entry.undone === 1) {
    return { notNeeded: 'The payment was taken back before this was sent.' }
  }
  const money = (amount: number) => formatMoney(amount, of.currency, locale)
  const amount = money(entry.amount)
  const left = of.status === 'open' ? of.balance : 0
  const due = formatDay(facts.dueOn, locale)
  return invoiceLetter(ctx, facts, {
    subject: `Receipt for ${number} from ${organization.name}`,
    title: `Thank you for ${amount}`,
    preheader: `It arrived for invoice ${number}.`,
    paragraphs: [
      `Your payment for ${project} arrived. Thank you.`,
      ...(left > 0 ? [] : ['There is nothing left to pay.']),
    ],
    facts: [
      ['Received', `${amount} on ${formatDay(entry.receivedOn, locale)}`],
      ['Invoice', `${number} over ${money(of.total)}`],
      ...(left > 0 ? [['Left to pay', `${money(left)}, due by ${due}`] as const] : []),
    ],
    asks: left > 0,
    links: (token) => [
      { label: 'Download the receipt as PDF', href: paths.invoiceReceipt(token, id) },
    ],
  })
}
