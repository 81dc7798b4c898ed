import { entranceRoutes } from './rows/entrance.ts'
import { accountRoutes } from './rows/account.ts'
import { teamRoutes } from './rows/team.ts'
import { portalRoutes } from './rows/portals.ts'
import { linkRoutes } from './rows/links.ts'
import { messageRoutes } from './rows/messages.ts'
import { fileRoutes } from './rows/files.ts'
import { requestRoutes } from './rows/requests.ts'
import { uploadRoutes } from './rows/uploads.ts'
import { milestoneRoutes } from './rows/milestones.ts'
import { invoiceRoutes } from './rows/invoices.ts'
import { paymentRoutes } from './rows/payments.ts'
import { paperRoutes } from './rows/papers.ts'
import { settingsRoutes } from './rows/settings.ts'
import { activityRoutes } from './rows/activity.ts'
import { emailRoutes } from './rows/emails.ts'
import type { Route } from './route.ts'

/** Every route of the app, with what it answers to each visitor. */
export const table: readonly Route[] = [
  ...entranceRoutes,
  ...accountRoutes,
  ...teamRoutes,
  ...portalRoutes,
  ...linkRoutes,
  ...messageRoutes,
  ...fileRoutes,
  ...requestRoutes,
  ...uploadRoutes,
  ...milestoneRoutes,
  ...invoiceRoutes,
  ...paymentRoutes,
  ...paperRoutes,
  ...settingsRoutes,
  ...activityRoutes,
  ...emailRoutes,
]
