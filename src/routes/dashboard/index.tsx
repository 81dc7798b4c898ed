import { Hono } from 'hono'
import { door } from '../door.tsx'
import type { Inside, Signed } from '../http.ts'
import { emailPages } from './emails.tsx'
import { insideOrganization, memberGuard } from './guard.tsx'
import { linkPages } from './links.tsx'
import { operatorPages } from './operator.tsx'
import { organizationPages } from './organizations.tsx'
import { portalPages } from './portals.tsx'

const inside = new Hono<Inside>()
  .use('/dashboard/:organization/*', insideOrganization)
  .route('/', portalPages)
  .route('/', linkPages)
  .route('/', emailPages)

const signed = new Hono<Signed>()
  .use('/dashboard/*', memberGuard)
  .route('/', organizationPages)
  .route('/', operatorPages)
  .route('/', inside)

export const dashboard = door().route('/', signed)
