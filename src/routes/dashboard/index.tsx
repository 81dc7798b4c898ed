import { Hono } from 'hono'
import { door } from '../door.tsx'
import type { Inside, Signed } from '../http.ts'
import { accountPages } from './account.tsx'
import { activityPages } from './activity.tsx'
import { fileBytes } from './bytes.tsx'
import { emailPages } from './emails.tsx'
import { filePages } from './files.tsx'
import { insideOrganization, memberGuard, shedSessions } from './guard.tsx'
import { billingPages } from './billing.tsx'
import { creditNotePages } from './credit-notes.tsx'
import { invoiceActPages } from './invoice-acts.tsx'
import { invoiceDraftPages } from './invoice-drafts.tsx'
import { invoicePages } from './invoices.tsx'
import { keyPages } from './keys.tsx'
import { linkPages } from './links.tsx'
import { milestonePages } from './milestones.tsx'
import { messagePages } from './messages.tsx'
import { operatorPages } from './operator.tsx'
import { organizationPages } from './organizations.tsx'
import { paperPages } from './papers.ts'
import { paymentSettingPages } from './payments.tsx'
import { portalLifePages } from './portal-life.tsx'
import { portalPages } from './portals.tsx'
import { receivedPages } from './received.tsx'
import { reminderSettingsPages } from './reminder-settings.tsx'
import { requestPages } from './requests.tsx'
import { settingsPages } from './settings.tsx'
import { templatePages } from './templates.tsx'
import { teamPages } from './team.tsx'
import { unmatchedPages } from './unmatched.tsx'

const inside = new Hono<Inside>()
  .use('/dashboard/:organization/*', insideOrganization)
  .route('/', portalPages)
  .route('/', portalLifePages)
  .route('/', linkPages)
  .route('/', milestonePages)
  .route('/', templatePages)
  .route('/', messagePages)
  .route('/', filePages)
  .route('/', fileBytes)
  .route('/', requestPages)
  .route('/', invoicePages)
  .route('/', unmatchedPages)
  .route('/', invoiceDraftPages)
  .route('/', invoiceActPages)
  .route('/', paperPages)
  .route('/', creditNotePages)
  .route('/', receivedPages)
  .route('/', emailPages)
  .route('/', settingsPages)
  .route('/', billingPages)
  .route('/', paymentSettingPages)
  .route('/', reminderSettingsPages)
  .route('/', keyPages)
  .route('/', teamPages)
  .route('/', activityPages)

const signed = new Hono<Signed>()
  .use('/dashboard/*', shedSessions)
  .use('/dashboard/*', memberGuard)
  .route('/', organizationPages)
  .route('/', accountPages)
  .route('/', operatorPages)
  .route('/', inside)

export const dashboard = door().route('/', signed)
