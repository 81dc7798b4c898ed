import { sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { user } from '../../db/schema/accounts.ts'
import type { DisputeStage } from '../../db/schema/invoices.ts'
import { member } from '../../db/schema/members.ts'
import { roles } from '../../db/schema/organizations.ts'
import { enqueueEmails } from '../emails/enqueue.ts'
import { permits } from '../organizations/rules.ts'
import type { Told } from './decide.ts'
import { standingOf } from './dispute.ts'

/** What an owner has to hear of on the day. */
export const troubles = ['inquiry', 'open', 'appeal', 'lost', 'failed'] as const
export type Trouble = (typeof troubles)[number]

interface Entry {
  id: string
  told: Pick<Told, 'kind' | 'state'> & { dispute: Parameters<typeof standingOf>[0] | null }
}

const stageOf = ({ dispute }: Entry['told']): DisputeStage | undefined =>
  dispute ? standingOf(dispute).stage : undefined

/**
 * What there is to be said of an entry as it stands by now. `before` is the stage that its dispute was
 * at; a debit that failed is only asked about when that has just happened.
 */
export function troubleIn(told: Entry['told'], before?: DisputeStage): Trouble | undefined {
  if (told.kind === 'payment') return told.state === 'failed' ? 'failed' : undefined
  const stage = stageOf(told)
  if (stage === undefined || stage === 'won' || stage === before) return undefined
  // An appeal that has been filed waits for nobody.
  return stage === 'appeal' && told.dispute?.answerBy === null ? undefined : stage
}

const managers = JSON.stringify(roles.filter((role) => permits(role, 'payment.refund')))

/**
 * The statements that mail it to those who may manage payments and want news by mail. The batch that
 * has them lands once for each turn of an entry, and the key holds even so.
 */
export function troubleMails(
  ctx: TenantCtx,
  { portalId, id: invoice }: { portalId: string; id: string },
  { id, told }: Entry,
  trouble: Trouble,
): Statement[] {
  const since = told.dispute?.turns.at(-1)?.[0] ?? 0
  return enqueueEmails(
    ctx,
    {
      kind: 'payment-trouble',
      key: `payment:${id}:${trouble}:${since}`,
      organizationId: ctx.organization.id,
      portalId,
      data: { invoice, payment: id, trouble },
    },
    sql`
      select ${user.id} as contact_id, null as link_id, ${user.email} as "to"
      from ${member} join ${user} on ${user.id} = ${member.userId}
      where ${member.organizationId} = ${ctx.organization.id} and ${member.notify} = 1
        and ${member.role} in (select value from json_each(${managers}))`,
  )
}
