import { Hono, type Context } from 'hono'
import {
  lateFeeInput,
  reminderScheduleInput,
  reminderTextsInput,
} from '../../features/reminders/input.ts'
import { usualSchedule } from '../../features/reminders/rules.ts'
import {
  changeLateFee,
  changeSchedule,
  changeTexts,
  markOf,
  reminderSettings,
  type ReminderSettings,
} from '../../features/reminders/settings.ts'
import { textFor } from '../../features/reminders/texts.ts'
import { amountHint, readPercent } from '../../features/invoices/typed.ts'
import { dayOf } from '../../lib/day.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { readAmount, writeAmount, writeNumber } from '../../lib/typed.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, nested, parse, type Values } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { ReminderSettingsPage, type ReminderForms } from './reminder-settings-page.tsx'
import { mayChange } from './settings-page.tsx'

type Here = Context<Inside>
type Part = keyof ReminderForms

const kinds = ['before', 'due', 'after'] as const

function valuesOf(c: Here, now: ReminderSettings): Record<Part, Values> {
  const { currency, locale } = c.get('ctx').organization
  const { on, days, hour } = now.reminders ?? usualSchedule
  const { lateFee } = now
  const amount = lateFee?.amounts?.[currency]
  const percent = lateFee?.percent ?? null
  return {
    schedule: {
      on: on ? 'yes' : '',
      days: days.join(', ').replaceAll('-', '−'),
      hour: String(hour),
      mark: markOf(now.reminders),
    },
    texts: {
      ...Object.fromEntries(
        kinds.flatMap((kind) => {
          const { subject, body } = textFor(now.reminderTexts, kind)
          return [
            [`${kind}.subject`, subject],
            [`${kind}.body`, body],
          ]
        }),
      ),
      mark: markOf(now.reminderTexts),
    },
    fee: {
      kind: lateFee === null ? 'none' : percent === null ? 'amount' : 'percent',
      percent: percent === null ? '' : writeNumber(percent, locale),
      amount: amount === undefined ? '' : writeAmount(amount, currency, locale),
      afterDays: String(lateFee?.afterDays ?? 14),
      mark: markOf(lateFee),
    },
  }
}

interface Shown {
  back?: { part: Part; values: Values; errors: readonly FieldError[]; fresh?: boolean }
  status?: 200 | 409 | 422
}

async function page(c: Here, { back, status = 200 }: Shown = {}) {
  const { db, now, organization } = c.get('ctx')
  const settings = await reminderSettings(db, organization.id)
  const values = valuesOf(c, settings)
  const form = (part: Part) => {
    if (back?.part !== part) return { values: values[part], errors: [] }
    const mark = back.fresh ? values[part]['mark'] : back.values['mark']
    return { values: { ...back.values, mark: mark ?? '' }, errors: back.errors }
  }
  const forms = { schedule: form('schedule'), texts: form('texts'), fee: form('fee') }
  const saved = c.req.query('saved') !== undefined
  const today = dayOf(now, organization.timeZone)
  return c.html(
    <ReminderSettingsPage {...frameOf(c)} {...{ saved, settings, forms, today }} />,
    status,
  )
}

const meanwhile: FieldError = {
  path: '',
  message:
    'Somebody else saved this while you had it open. Nothing was changed yet: save again to write over it.',
}

/** Back to the page, or the form once more, or why not. */
function answer(c: Here, part: Part, values: Values, done: Result<void, Failure>) {
  const { slug } = c.get('ctx').organization
  if (done.ok)
    return c.redirect(`${withQuery(paths.reminderSettings(slug), { saved: '1' })}#${part}`, 303)
  const { failure } = done
  if (failure.kind === 'invalid') {
    return page(c, { back: { part, values, errors: failure.errors }, status: 422 })
  }
  if (failure.kind !== 'conflict') return refuse(c, failure)
  return page(c, { back: { part, values, errors: [meanwhile], fresh: true }, status: 409 })
}

const wrong = (c: Here, part: Part, values: Values, errors: readonly FieldError[]) =>
  page(c, { back: { part, values, errors }, status: 422 })

async function saveSchedule(c: Here, values: Values) {
  const input = parse(reminderScheduleInput, values)
  if (!input.ok) return wrong(c, 'schedule', values, input.errors)
  const done = await changeSchedule(c.get('ctx'), input.value, values['mark'])
  return answer(c, 'schedule', values, done)
}

async function saveTexts(c: Here, values: Values) {
  const input = parse(reminderTextsInput, nested(values))
  if (!input.ok) return wrong(c, 'texts', values, input.errors)
  // To look at, not to keep.
  if (values['preview'] !== undefined)
    return page(c, { back: { part: 'texts', values, errors: [] } })
  return answer(c, 'texts', values, await changeTexts(c.get('ctx'), input.value, values['mark']))
}

async function saveFee(c: Here, values: Values) {
  const { currency, locale } = c.get('ctx').organization
  const style = { currency, locale }
  const { kind, afterDays } = values
  const input = parse(lateFeeInput, {
    kind,
    afterDays,
    percent: readPercent(values['percent'] ?? '', style) ?? '',
    amount: readAmount(values['amount'] ?? '', currency, locale),
  })
  if (!input.ok) {
    const hints: Record<string, string> = {
      percent: `Per cent, from 0 to 100, as in ${writeNumber('7.7', locale)}.`,
      amount: amountHint(style),
    }
    const errors = input.errors.map(({ path, message }) => ({
      path,
      message: hints[path] ?? message,
    }))
    return wrong(c, 'fee', values, errors)
  }
  return answer(c, 'fee', values, await changeLateFee(c.get('ctx'), input.value, values['mark']))
}

export const reminderSettingsPages = new Hono<Inside>()
  .get(paths.reminderSettings(':organization'), (c) => page(c))
  .post(paths.reminderSettings(':organization'), async (c) => {
    if (!mayChange(c.get('membership'))) return refuse(c, { kind: 'forbidden' })
    const values = await formValues(c.req.raw)
    switch (values['part']) {
      case 'texts':
        return saveTexts(c, values)
      case 'fee':
        return saveFee(c, values)
      default:
        return saveSchedule(c, values)
    }
  })
