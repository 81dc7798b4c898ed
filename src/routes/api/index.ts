import { Hono } from 'hono'
import { door } from '../door.tsx'
import type { Admin } from '../http.ts'
import { sendgrid } from '../webhooks/sendgrid.ts'
import { activities } from './activity.ts'
import { emails } from './emails.ts'
import { adminGuard, shedCallers } from './guard.ts'
import { links } from './links.ts'
import { milestones } from './milestones.ts'
import { openapi } from './openapi.ts'
import { portals } from './portals.ts'

const admin = new Hono<Admin>()
  .use('/api/*', shedCallers)
  .use('/api/*', adminGuard)
  .route('/', portals)
  .route('/', links)
  .route('/', milestones)
  .route('/', emails)
  .route('/', activities)

/** Webhooks and the admin door; the client's stands at the entrance. */
export const api = door().route('/', openapi).route('/', sendgrid).route('/', admin)
