import { currencies, currencyName } from '../lib/currency.ts'
import { isLocale, localeName, locales } from '../lib/locale.ts'
import { isTimeZone } from '../lib/zone.ts'
import { SelectField, type FormState } from './fields.tsx'

/** The list, with what is set where it isn't among it: a form must not change it unseen. */
const withSet = (list: readonly string[], set: string, isKnown: (text: string) => boolean) =>
  list.includes(set) || !isKnown(set) ? list : [set, ...list]

export const ZoneField = ({ form }: { form: FormState }) => (
  <SelectField
    form={form}
    name="timeZone"
    label="Time zone"
    hint="Due days and last days end at midnight here."
    options={withSet(
      Intl.supportedValuesOf('timeZone'),
      form.values['timeZone'] ?? '',
      isTimeZone,
    ).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
  />
)

const named = (tag: string) => ({ value: tag, label: localeName(tag) })

export const LocaleField = ({ form }: { form: FormState }) => (
  <SelectField
    form={form}
    name="locale"
    label="Dates and amounts are written as in"
    options={withSet(locales, form.values['locale'] ?? '', isLocale)
      .map(named)
      .sort((a, b) => a.label.localeCompare(b.label, 'en'))}
  />
)

interface CurrencyProps {
  form: FormState
  label: string
  hint?: string
}

export const CurrencyField = ({ form, label, hint }: CurrencyProps) => (
  <SelectField
    form={form}
    name="currency"
    label={label}
    {...(hint ? { hint } : {})}
    options={currencies.map((code) => ({
      value: code,
      label: `${code} · ${currencyName(code, 'en')}`,
    }))}
  />
)
