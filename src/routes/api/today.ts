import type { TenantCtx } from '../../ctx.ts'
import { dayOf } from '../../lib/day.ts'

/** The calendar day where the organisation is. */
export const todayIn = ({ now, organization }: TenantCtx): string =>
  dayOf(now, organization.timeZone)
