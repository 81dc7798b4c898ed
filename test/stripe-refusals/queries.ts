import { many } from './bodies.ts'
import { docs, codes, pages } from './pages.ts'
import type { Query } from './refusal.ts'

export const queries: readonly Query[] = [
  ['a page of none', pages, 'products?limit=0', { param: 'limit' }],
  ['a page of 101', pages, 'products?limit=101', { param: 'limit' }],
  ['a page both ways', pages, 'products?starting_after=a&ending_before=b', {}],
  [
    'a page after what is not there',
    pages,
    'events?starting_after=evt_none',
    { code: 'resource_missing', param: 'starting_after' },
  ],
  ['an unknown filter', codes, 'events?kind=a', { code: 'parameter_unknown', param: 'kind' }],
  ['a time that is none', codes, 'events?created[gte]=yesterday', { param: 'created[gte]' }],
  [
    '21 kinds of events',
    `${docs}/api/events/list`,
    `events?${many(21, (at) => `types[${at}]=a.b${at}`)}`,
    { param: 'types' },
  ],
  ['one kind and several', `${docs}/api/events/list`, 'events?type=a&types[0]=b', {}],
  [
    'sessions of an unknown link',
    `${docs}/api/checkout/sessions/list`,
    'checkout/sessions?payment_link=plink_none',
    { code: 'resource_missing', param: 'payment_link' },
  ],
  [
    'what does not expand',
    `${docs}/expand`,
    'products?expand[0]=data.name',
    { param: 'expand[0]' },
  ],
  ['five levels', `${docs}/expand`, 'charges?expand[0]=data.a.b.c.d', { param: 'expand[0]' }],
  [
    'an unknown object',
    codes,
    'payment_intents/pi_none',
    { status: 404, code: 'resource_missing' },
  ],
  [
    'an unknown address',
    `${docs}/api`,
    'invoices',
    { status: 404, message: 'Unrecognized request URL (GET: /v1/invoices)' },
  ],
]
