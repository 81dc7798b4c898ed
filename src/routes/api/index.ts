import { Hono } from 'hono'
import { door } from '../door.tsx'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { unsubscribing } from '../unsubscribe.tsx'
import { sendgrid } from '../webhooks/sendgrid.ts'
import { stripe } from '../webhooks/stripe.ts'
import { activities } from './activity.ts'
import { documents } from './documents.ts'
import { emails } from './emails.ts'
import { files } from './files.ts'
import { fileContent } from './file-content.ts'
import { adminGuard, shedCallers } from './guard.ts'
import { invoices } from './invoices.ts'
import { links } from './links.ts'
import { milestones } from './milestones.ts'
import { messages } from './messages.ts'
import { openapi } from './openapi.ts'
import { payments } from './payments.ts'
import { portals } from './portals.ts'
import { uploads } from './uploads.ts'
import { requests } from './requests.ts'
import { unlessKnownToTeam } from './unchanged-for-team.ts'

const admin = new Hono<Admin>()
  .use('/api/*', shedCallers)
  .use(paths.api.messages(':portal'), unlessKnownToTeam)
  .use('/api/*', adminGuard)
  .route('/', portals)
  .route('/', links)
  .route('/', milestones)
  .route('/', messages)
  .route('/', files)
  .route('/', uploads)
  .route('/', fileContent)
  .route('/', requests)
  .route('/', invoices)
  .route('/', payments)
  .route('/', documents)
  .route('/', emails)
  .route('/', activities)

/** What needs neither a key nor a session, all of it; the client's door stands at the entrance. */
const open = [openapi, sendgrid, stripe, unsubscribing]

export const api = door()
for (const routes of open) api.route('/', routes)
api.route('/', admin)
