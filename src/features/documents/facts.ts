import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { creditNote, invoice, payment, type Seller } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal, type Buyer } from '../../db/schema/portals.ts'
import { dayOf, type Clock } from '../../lib/day.ts'
import { meansColumn, meansOf } from '../payments/means.ts'
import type { BillFacts, CreditNoteFacts } from './bill.ts'
import type { DocumentPlace as Place } from './object.ts'
import type { ReceiptFacts } from './receipt.ts'
import type { Happening, StatedInvoice } from './statement.ts'

/** Facts without the paper they are drawn on. */
type Plain<T> = Omit<T, 'letterhead'>

const bare = ({ name, address, taxId }: Buyer): Buyer => ({ name, address, taxId })

const inPlace = ({ organizationId, portalId }: Place) =>
  and(
    eq(invoice.organizationId, organizationId),
    eq(invoice.portalId, portalId),
    isNotNull(invoice.issuedAt),
  )

type Issued = typeof invoice.$inferSelect

/** What was frozen at issue. */
function frozen(row: Issued) {
  const { number, seller, locale, issuedOn, issuedAt, timeZone } = row
  const whole = number !== null && seller !== null && locale !== null && timeZone !== null
  if (!whole || issuedOn === null || issuedAt === null)
    throw new Error('An issued invoice is not whole.')
  return { number, seller, locale, timeZone, issuedOn, issuedAt }
}

function bill(row: Issued): Plain<BillFacts> & { seller: Seller } {
  const { number, seller, locale, issuedOn, issuedAt } = frozen(row)
  const { buyer, currency, prices, lines, subtotal, discount, discountPercent, taxes, total } = row
  const { dueOn, supplyOn, reverseCharge, notes } = row
  return {
    number,
    seller,
    buyer,
    bank: seller.bank,
    currency,
    locale,
    prices,
    lines,
    subtotal,
    discount,
    discountPercent,
    taxes,
    total,
    issuedOn,
    dueOn,
    supplyOn,
    reverseCharge,
    notes,
    at: issuedAt,
  }
}

export async function invoiceFacts(
  db: Database,
  place: Place,
  id: string,
): Promise<Plain<BillFacts> | undefined> {
  const [row] = await db
    .select()
    .from(invoice)
    .where(and(eq(invoice.id, id), inPlace(place)))
  return row && bill(row)
}

export async function creditNoteFacts(
  db: Database,
  place: Place,
  id: string,
): Promise<Plain<CreditNoteFacts> | undefined> {
  const [row] = await db
    .select({ note: creditNote, invoice })
    .from(creditNote)
    .innerJoin(invoice, eq(invoice.id, creditNote.invoiceId))
    .where(and(eq(creditNote.id, id), inPlace(place)))
  if (!row) return undefined
  const { note } = row
  const of = bill(row.invoice)
  return {
    ...of,
    of: of.number,
    number: note.number,
    lines: note.lines,
    subtotal: note.subtotal,
    discount: 0,
    discountPercent: null,
    taxes: note.taxes,
    total: note.amount,
    issuedOn: note.issuedOn,
    supplyOn: null,
    notes: note.reason,
    at: note.createdAt,
  }
}

export async function receiptFacts(
  db: Database,
  place: Place,
  id: string,
): Promise<Plain<ReceiptFacts> | undefined> {
  const [row] = await db
    .select({ payment, invoice })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .where(
      and(
        eq(payment.id, id),
        eq(payment.kind, 'payment'),
        eq(payment.state, 'succeeded'),
        inPlace(place),
      ),
    )
  if (!row) return undefined
  const { amount, method, receivedOn, createdAt: at } = row.payment
  const { number, seller, locale, issuedOn } = frozen(row.invoice)
  const { buyer, currency } = row.invoice
  return {
    number,
    seller,
    buyer,
    currency,
    locale,
    issuedOn,
    amount,
    method,
    means: meansOf(row.payment),
    receivedOn,
    at,
  }
}

const happenings = sql`(
  select json_group_array(json_object('id', id, 'kind', kind, 'amount', amount, 'day', day, 'at', at,
    'number', number, 'means', means))
  from (
    select id, kind, amount, received_on as day, created_at as at, null as number, ${meansColumn} as means
    from ${payment} where invoice_id = invoice.id and state = 'succeeded'
    union all
    select id, 'credit-note', amount, issued_on, created_at, number, null
    from ${creditNote} where invoice_id = invoice.id))`.mapWith((text: string): Happening[] =>
  JSON.parse(text),
)

/** What a portal's statement tells, and to whom; in one round trip. */
export async function statementFacts(db: Database, { organizationId, portalId }: Place) {
  const [[home], rows] = await db.batch([
    db
      .select({
        project: portal.project,
        client: portal.client,
        buyer: portal.buyer,
        name: organization.name,
        legalName: organization.legalName,
        address: organization.address,
        taxId: organization.taxId,
        locale: organization.locale,
        timeZone: organization.timeZone,
      })
      .from(portal)
      .innerJoin(organization, eq(organization.id, portal.organizationId))
      .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))),
    db
      .select({ row: invoice, happenings })
      .from(invoice)
      // The plus sign: a range of the portal's index, and the organisation checked row by row.
      .where(
        sql`${invoice.portalId} = ${portalId} and +${invoice.organizationId} = ${organizationId}
          and ${invoice.issuedAt} is not null`,
      )
      .orderBy(asc(invoice.issuedAt), asc(invoice.id)),
  ])
  if (!home) return undefined
  const { project, client, buyer, name, legalName, address, taxId, locale, timeZone } = home
  return {
    project,
    locale,
    timeZone,
    seller: { name: legalName ?? name, address, taxId },
    buyer: buyer ? bare(buyer) : { name: client, address: null, taxId: null },
    invoices: rows.map(({ row, happenings }) => told(row, happenings, { locale, timeZone })),
  }
}

function told(row: Issued, happenings: Happening[], { timeZone }: Clock): StatedInvoice {
  const { number, issuedOn, issuedAt } = frozen(row)
  const { id, currency, total, repeatable, voidedAt } = row
  const voidedOn = voidedAt === null ? null : dayOf(voidedAt, timeZone)
  const facts = { id, currency, total, repeatable, voidedAt, voidedOn }
  return { ...facts, number, issuedOn, issuedAt, happenings }
}

/** Whose paper it is drawn on: as the organisation is now. */
export async function brandOf(db: Database, organizationId: string) {
  const { name, accent, logo } = organization
  const [row] = await db
    .select({ name, accent, logo })
    .from(organization)
    .where(eq(organization.id, organizationId))
  return row
}
