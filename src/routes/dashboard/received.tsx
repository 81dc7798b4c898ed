import { Hono } from 'hono'
import { receivedInput, receivedPage } from '../../features/invoices/received.ts'
import { dayOf } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { parse } from '../input.ts'
import { frameOf } from './frame.tsx'
import { ReceivedPage } from './received-page.tsx'

/** What came in and went back, by month and currency: unless it is said, this month and the own one. */
export const receivedPages = new Hono<Inside>().get(paths.received(':organization'), async (c) => {
  const { db, now, organization } = c.get('ctx')
  const input = parse(receivedInput, c.req.query())
  if (!input.ok) return c.notFound()
  const today = dayOf(now, organization.timeZone)
  const { month = today.slice(0, 7), currency = organization.currency, after } = input.value
  const list = await receivedPage(db, organization.id, { month, currency, after })
  const view = { month, currency, today, first: after === undefined }
  return c.html(<ReceivedPage {...frameOf(c)} {...view} list={list} />)
})
