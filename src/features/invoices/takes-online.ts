import { sql } from 'drizzle-orm'
import { stripeAccount } from '../../db/schema/payments.ts'

/** Whether the organisation in the row around takes payments online: SQLite says 0 or 1. */
export const takesOnline = sql<number>`exists(
  select 1 from ${stripeAccount}
  where ${stripeAccount.organizationId} = organization.id and ${stripeAccount.sealedKey} is not null)`
