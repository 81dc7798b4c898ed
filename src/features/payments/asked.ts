import { sql } from 'drizzle-orm'

/**
 * What the row of `invoice` that a statement is at asks for at this moment: of what is on its way
 * nothing twice, and of a retainer the total each time until the team ends it.
 */
export const asked = sql`case
  when status in ('draft', 'void') then 0
  when repeatable then iif(ended_at is null, total, 0)
  when status = 'open' and pending = 0 then balance
  else 0 end`

/** Whether the organisation of an `organization_id` has a key of Stripe. */
export const online = sql`exists (
  select 1 from stripe_account a where a.organization_id = portal.organization_id and a.sealed_key is not null)`
