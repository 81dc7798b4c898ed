import { Hono, type Context } from 'hono'
import {
  addSavedLine,
  addTaxRate,
  billingMark,
  changeBilling,
  changeBillingInput,
  deleteSavedLine,
  deleteTaxRate,
  savedLineInput,
  taxRateInput,
} from '../../features/invoices/settings.ts'
import { amountHint, readPercent } from '../../features/invoices/typed.ts'
import { billingOf, type House } from '../../features/portals/with-invoices.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { readAmount, readNumber, writeNumber } from '../../lib/typed.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { BillingPage, type BillingForms } from './billing-page.tsx'
import { frameOf, refuse } from './frame.tsx'
import { mayChange } from './settings-page.tsx'

type Here = Context<Inside>

const valuesOf = (house: House): Values => ({
  prices: house.prices,
  holder: house.bank?.holder ?? '',
  iban: house.bank?.iban ?? '',
  bic: house.bank?.bic ?? '',
  details: house.bank?.details ?? '',
  mark: billingMark(house),
})

interface Shown {
  back?: (house: House) => Partial<BillingForms>
  status?: 200 | 409 | 422
}

async function page(c: Here, { back, status = 200 }: Shown = {}) {
  const { db, now, organization } = c.get('ctx')
  const billing = await billingOf(db, organization.id)
  const forms: BillingForms = {
    main: { values: valuesOf(billing.house), errors: [] },
    rate: { values: { id: newId(now) }, errors: [] },
    line: {
      values: { id: newId(now), quantity: '1', currency: organization.currency },
      errors: [],
    },
    ...back?.(billing.house),
  }
  const saved = c.req.query('saved') !== undefined
  return c.html(<BillingPage {...frameOf(c)} {...{ saved, billing, forms }} />, status)
}

/** Back to the page, or the form once more, or why not. */
function answer(
  c: Here,
  done: Result<void, Failure>,
  again: (errors: readonly FieldError[]) => Response | Promise<Response>,
  at = '',
): Response | Promise<Response> {
  const { slug } = c.get('ctx').organization
  if (done.ok) return c.redirect(`${withQuery(paths.billing(slug), { saved: '1' })}${at}`, 303)
  return done.failure.kind === 'invalid' ? again(done.failure.errors) : refuse(c, done.failure)
}

const meanwhile: FieldError = {
  path: '',
  message:
    'Somebody else saved this while you had it open. Nothing was changed yet: save again to write over it.',
}

const forbidden = { kind: 'forbidden' } as const

export const billingPages = new Hono<Inside>()
  .get(paths.billing(':organization'), (c) => page(c))
  .post(paths.billing(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, forbidden)
    const values = await formValues(c.req.raw)
    const again = (errors: readonly FieldError[]) =>
      page(c, { back: () => ({ main: { values, errors } }), status: 422 })
    const input = parse(changeBillingInput, values)
    if (!input.ok) return again(input.errors)
    const done = await changeBilling(c.get('ctx'), input.value, values['mark'] || undefined)
    if (done.ok || done.failure.kind !== 'conflict') return answer(c, done, again)
    return page(c, {
      back: (house) => ({
        main: { values: { ...values, mark: billingMark(house) }, errors: [meanwhile] },
      }),
      status: 409,
    })
  })
  .post(paths.taxRates(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, forbidden)
    const ctx = c.get('ctx')
    const { locale } = ctx.organization
    const values = await formValues(c.req.raw)
    const again = (errors: readonly FieldError[]) =>
      page(c, { back: () => ({ rate: { values, errors } }), status: 422 })
    const style = { currency: ctx.organization.currency, locale }
    const rate = readPercent(values['rate'] ?? '', style)
    const { id, name } = values
    const input = parse(taxRateInput, { id: id || undefined, name, rate: rate ?? '' })
    if (!input.ok) {
      const message = `Per cent, from 0 to 100, as in ${writeNumber('7.7', locale)}.`
      return again(
        input.errors.map((error) => (error.path === 'rate' ? { ...error, message } : error)),
      )
    }
    return answer(c, await addTaxRate(ctx, input.value), again, '#rates')
  })
  .post(paths.deleteTaxRate(':organization', ':rate'), async (c) =>
    answer(c, await deleteTaxRate(c.get('ctx'), c.req.param('rate')), () => refuseAll(c)),
  )
  .post(paths.savedLines(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, forbidden)
    const ctx = c.get('ctx')
    const { locale } = ctx.organization
    const values = await formValues(c.req.raw)
    const again = (errors: readonly FieldError[]) =>
      page(c, { back: () => ({ line: { values, errors } }), status: 422 })
    const { id, description, currency = '' } = values
    const known = /^[A-Z]{3}$/.test(currency)
    const style = { currency: known ? currency : 'EUR', locale }
    const rate = values['taxRate']?.trim() ?? ''
    const input = parse(savedLineInput, {
      id: id || undefined,
      description,
      quantity: readNumber(values['quantity'] ?? '', locale) ?? '',
      unitAmount: readAmount(values['unitAmount'] ?? '', style.currency, locale),
      currency,
      taxRate: rate === '' ? null : (readPercent(rate, style) ?? ''),
    })
    if (!input.ok) {
      const hints: Record<string, string> = {
        quantity: `Write it as in ${writeNumber('1.5', locale)}.`,
        unitAmount: amountHint(style),
        taxRate: `Per cent, from 0 to 100, as in ${writeNumber('7.7', locale)}.`,
      }
      return again(
        input.errors.map(({ path, message }) => ({ path, message: hints[path] ?? message })),
      )
    }
    return answer(c, await addSavedLine(ctx, input.value), again, '#lines')
  })
  .post(paths.deleteSavedLine(':organization', ':line'), async (c) =>
    answer(c, await deleteSavedLine(c.get('ctx'), c.req.param('line')), () => refuseAll(c)),
  )

const refuseAll = (c: Here) => refuse(c, { kind: 'missing' })
