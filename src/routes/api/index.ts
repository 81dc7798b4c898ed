import { Hono } from 'hono'
import type { Admin, Base } from '../http.ts'
import { sendgrid } from '../webhooks/sendgrid.ts'
import { client } from './client.ts'
import { emails } from './emails.ts'
import { adminGuard } from './guard.ts'
import { links } from './links.ts'
import { openapi } from './openapi.ts'
import { portals } from './portals.ts'

const admin = new Hono<Admin>()
  .use('/api/*', adminGuard)
  .route('/', portals)
  .route('/', links)
  .route('/', emails)

export const api = new Hono<Base>()
  .route('/', openapi)
  .route('/', sendgrid)
  .route('/', client)
  .route('/', admin)
