import { paths } from '../../../src/paths.ts'
import {
  everybody,
  page,
  act,
  actOfAdmins,
  added,
  billedAtHome,
  held,
  heldAct,
  addedByAdmins,
  row,
} from '../answers.ts'
import { o, p, i, post, get, api, type Route } from '../route.ts'

const paidAtHome = row(404, 303, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const paidForm = { amount: '1', note: '' }

export const paymentRoutes: readonly Route[] = [
  get(paths.clientPay(':token', i), billedAtHome),
  post(paths.clientPay(':token', i), paidAtHome),
  get(paths.paid(':back'), everybody(200)),
  get(paths.invoicePay(':token'), held),
  post(paths.invoicePay(':token'), heldAct),
  get(paths.received(o), page),
  post(paths.payments(o, p, i), act, { ...paidForm, method: 'bank', receivedOn: '2026-01-02' }),
  post(paths.paymentAction(o, p, i, ':payment', 'refund'), actOfAdmins, paidForm),
  post(paths.paymentAction(o, p, i, ':payment', 'reverse'), actOfAdmins),
  post(paths.seenTo(o, ':money'), act),
  api('POST', paths.api.payments(p, i), added, {
    amount: 100,
    method: 'bank',
    receivedOn: '2026-01-02',
  }),
  api('POST', paths.api.paymentAction(p, i, ':payment', 'refund'), addedByAdmins, { amount: 100 }),
  api('POST', paths.api.paymentAction(p, i, ':payment', 'reverse'), addedByAdmins),
]
