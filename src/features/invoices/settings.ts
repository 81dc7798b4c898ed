import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold } from '../../db/batch.ts'
import { savedLine, taxRate } from '../../db/schema/invoices.ts'
import { organization, priceKinds } from '../../db/schema/organizations.ts'
import { amount, decimal, percent } from '../../lib/amounts.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { isInSteps } from '../../lib/money.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { currency, emptyIsNull, id, line, lines } from '../../lib/schema.ts'
import { happenedLately } from '../activity/lately.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { wrong } from './guards.ts'
import { stepMessage } from './pricing.ts'

/** So many rates, and so many saved lines, an organisation keeps. */
const MOST_KEPT = 50

/** Of ISO 13616: two letters, two check digits, and what adds up by 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(text)) return false
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return BigInt(digits) % 97n === 1n
}

const compact = z.overwrite<string>((text) => text.replace(/\s/g, '').toUpperCase())

export const changeBillingInput = z.pipe(
  z.object({
    prices: z.enum(priceKinds, 'Prices are without or with their tax.'),
    holder: emptyIsNull(line('The account holder', 120)),
    iban: emptyIsNull(
      z.string().check(compact, z.refine(isIban, 'This is not an IBAN: look at its digits again.')),
    ),
    bic: emptyIsNull(
      z
        .string()
        .check(
          compact,
          z.regex(/^[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?$/, 'A BIC has 8 or 11 letters and digits.'),
        ),
    ),
    details: emptyIsNull(lines('The details', { lines: 8, characters: 400 })),
  }),
  z.transform(({ prices, holder, iban, bic, details }, { issues }) => {
    const any = iban !== null || bic !== null || details !== null
    if (any && holder === null) {
      const message = 'Say whose account it is.'
      issues.push({ code: 'custom', message, input: holder, path: ['holder'] })
    }
    return { prices, bank: holder === null ? null : { holder, iban, bic, details } }
  }),
)
export type ChangeBilling = z.output<typeof changeBillingInput>

const kept = (settings: ChangeBilling): string =>
  JSON.stringify([settings.prices, settings.bank && Object.values(settings.bank)])

/** What somebody has before them, to be given back with the change. */
export const billingMark = ({ prices, bank }: ChangeBilling): string => {
  const { holder, iban, bic, details } = bank ?? {}
  return kept({
    prices,
    bank:
      holder === undefined
        ? null
        : { holder, iban: iban ?? null, bic: bic ?? null, details: details ?? null },
  })
}

/** Where invoices are paid, and what prices are; `seen` is the mark of what somebody had before them. */
export async function changeBilling(
  ctx: TenantCtx,
  wanted: ChangeBilling,
  seen?: string,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const [now] = await ctx.db
    .select({ prices: organization.prices, bank: organization.bank })
    .from(organization)
    .where(eq(organization.id, ctx.organization.id))
  if (!now) return fail({ kind: 'missing' })
  if (billingMark(now) === billingMark(wanted)) return ok(undefined)
  const stale = fail<Failure>({ kind: 'conflict', reason: 'changed-meanwhile' })
  if (seen !== undefined && seen !== billingMark(now)) return stale
  const fields = [
    ...(now.prices === wanted.prices ? [] : ['prices']),
    ...(JSON.stringify(now.bank) === JSON.stringify(wanted.bank) ? [] : ['bank']),
  ].join(', ')
  const bank = now.bank === null ? null : JSON.stringify(now.bank)
  const written = await commit(ctx, [
    ctx.db
      .update(organization)
      .set(wanted)
      .where(
        and(
          eq(organization.id, ctx.organization.id),
          eq(organization.prices, now.prices),
          sql`${organization.bank} is ${bank}`,
        ),
      ),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields } }),
  ])
  return written.ok ? ok(undefined) : stale
}

export const taxRateInput = z.object({
  /** Chosen by the caller: the same one again makes no second rate. */
  id: z.optional(id),
  name: line('The name', 60),
  rate: percent('The rate'),
})

export const savedLineInput = z.object({
  /** As in `taxRateInput`. */
  id: z.optional(id),
  description: line('The description', 300),
  quantity: decimal('The quantity', { most: 999_999_999, places: 6 }),
  unitAmount: amount('The price'),
  currency,
  taxRate: z.nullable(percent('The tax rate')),
})

const full = (path: string) =>
  wrong(path, `There are ${MOST_KEPT} of them already. Delete one that nobody needs.`)

export async function addTaxRate(
  ctx: TenantCtx,
  { id = newId(ctx.now), name, rate }: z.output<typeof taxRateInput>,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const organizationId = ctx.organization.id
  const written = await commit(ctx, [
    mustHold(sql`(
      select count(*) from ${taxRate} where organization_id = ${organizationId}) < ${MOST_KEPT}`),
    ctx.db.insert(taxRate).values({ id, organizationId, name, rate, createdAt: ctx.now }),
    record(ctx, { kind: 'organization.changed', data: { fields: 'taxRates' } }),
  ])
  if (written.ok) return ok(undefined)
  return written.failure === 'stale' ? full('name') : again(await isKept(ctx, taxRate, id))
}

export async function deleteTaxRate(ctx: TenantCtx, id: string): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  return dropped(ctx, taxRate, { id, fields: 'taxRates' })
}

export async function addSavedLine(
  ctx: TenantCtx,
  { id = newId(ctx.now), ...facts }: z.output<typeof savedLineInput>,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  if (!isInSteps(facts.unitAmount, facts.currency)) {
    return wrong('unitAmount', stepMessage(facts.currency))
  }
  const organizationId = ctx.organization.id
  const written = await commit(ctx, [
    mustHold(sql`(
      select count(*) from ${savedLine} where organization_id = ${organizationId}) < ${MOST_KEPT}`),
    ctx.db.insert(savedLine).values({ id, organizationId, ...facts, createdAt: ctx.now }),
    record(ctx, { kind: 'organization.changed', data: { fields: 'savedLines' } }),
  ])
  if (written.ok) return ok(undefined)
  return written.failure === 'stale' ? full('description') : again(await isKept(ctx, savedLine, id))
}

export async function deleteSavedLine(ctx: TenantCtx, id: string): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  return dropped(ctx, savedLine, { id, fields: 'savedLines' })
}

type Kept = typeof taxRate | typeof savedLine

/** Taken: the first of two clicks made it; or the id is another's, perhaps of another tenant. */
const again = (isOurs: boolean): Result<void, Failure> =>
  isOurs ? ok(undefined) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })

async function isKept(ctx: TenantCtx, table: Kept, id: string): Promise<boolean> {
  const found = await ctx.db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.id, id), eq(table.organizationId, ctx.organization.id)))
  return found.length > 0
}

/** Invoices keep what they took from it. The second of two clicks finds it gone, which is as well. */
async function dropped(
  ctx: TenantCtx,
  table: Kept,
  { id, fields }: { id: string; fields: string },
): Promise<Result<void, Failure>> {
  const written = await commit(ctx, [
    ctx.db
      .delete(table)
      .where(and(eq(table.id, id), eq(table.organizationId, ctx.organization.id))),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields, deleted: id } }),
  ])
  const deleted = { kind: 'organization.changed', of: ['deleted', id] } as const
  const gone = written.ok || (await happenedLately(ctx, deleted))
  return gone ? ok(undefined) : fail({ kind: 'missing' })
}
