import { paths } from '../../../src/paths.ts'
import { everybody, page, actOfAdmins, pageOfAdmins, row } from '../answers.ts'
import { o, post, get, type Route } from '../route.ts'

// A form without its field, and what there is nothing for.
const wrongOfAdmins = row(403, 403, 403, 403, 403, 403, 422, 422, 404, 403, 403, 403, 403)
const refusedToAdmins = row(403, 403, 403, 403, 403, 403, 409, 409, 404, 403, 403, 403, 403)
const bankForm = { holder: '', iban: '', bic: '', details: '' }
const savedForm = { description: 'Hosting', quantity: '1', unitAmount: '24', taxRate: '' }

export const settingsRoutes: readonly Route[] = [
  get(paths.logoFile(o, ':file'), everybody(200)),
  get(paths.settings(o), page),
  post(paths.settings(o), actOfAdmins, { name: 'N', legalName: '', address: '', taxId: '' }),
  get(paths.branding(o), page),
  post(paths.branding(o), actOfAdmins, { accent: '#123456', senderName: '', replyTo: '' }),
  { ...post(paths.logo(o), actOfAdmins), file: 'logo' },
  post(paths.removeLogo(o), actOfAdmins),
  get(paths.defaults(o), page),
  post(paths.defaults(o), actOfAdmins, {
    timeZone: 'UTC',
    locale: 'en-GB',
    currency: 'EUR',
    paymentTerms: '7',
    linkDays: '30',
  }),
  get(paths.billing(o), page),
  post(paths.billing(o), actOfAdmins, { ...bankForm, prices: 'gross' }),
  get(paths.paymentSettings(o), pageOfAdmins),
  post(paths.paymentSettingsAction(o, 'key'), wrongOfAdmins),
  post(paths.paymentSettingsAction(o, 'secret'), wrongOfAdmins),
  post(paths.paymentSettingsAction(o, 'old-secret'), actOfAdmins),
  // No account is connected.
  post(paths.paymentSettingsAction(o, 'check'), refusedToAdmins),
  post(paths.paymentSettingsAction(o, 'remove'), actOfAdmins),
  post(paths.paymentSettingsAction(o, 'forget'), wrongOfAdmins),
  get(paths.reminderSettings(o), page),
  post(paths.reminderSettings(o), actOfAdmins, { part: 'schedule', days: '−3, 7', hour: '9' }),
  post(paths.taxRates(o), actOfAdmins, { name: 'VAT', rate: '20' }),
  post(paths.deleteTaxRate(o, ':rate'), actOfAdmins),
  post(paths.savedLines(o), actOfAdmins, { ...savedForm, currency: 'EUR' }),
  post(paths.deleteSavedLine(o, ':line'), actOfAdmins),
]
