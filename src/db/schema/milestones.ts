import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

export const approvalStates = ['requested', 'approved', 'changes'] as const
export type ApprovalState = (typeof approvalStates)[number]

export const milestone = sqliteTable(
  'milestone',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    title: text().notNull(),
    description: text().notNull().default(''),
    /** 'YYYY-MM-DD'. */
    dueOn: text(),
    /** How much it counts in the portal's progress, beside the others' weights. */
    weight: integer().notNull().default(1),
    /** Its place in the plan, from 0; places may repeat for a moment, the id then decides. */
    position: integer().notNull(),
    /** 0 to 100. */
    progress: integer().notNull().default(0),
    /** Steps with every change of its own; whoever changes it names the one they saw. */
    version: integer().notNull().default(1),
    approval: text({ enum: approvalStates }),
    /** The name of whoever brought the approval to its state, as it was. */
    approvalBy: text(),
    approvalAt: instant(),
    approvalNote: text(),
    /** What it is billed at: an amount in minor units, or a decimal per cent of the portal's price. */
    amount: integer(),
    percent: text(),
    /** The invoice that bills it. */
    invoiceId: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('milestone_plan').on(t.portalId, t.position, t.id),
    // Where a client asked for changes, and nobody has said yet that they are made.
    index('milestone_changes')
      .on(t.organizationId, t.id)
      .where(sql`${t.approval} = 'changes'`),
  ],
)

export interface TemplateItem {
  title: string
  description: string
  weight: number
  /** Days from the portal's first day to the due day. */
  dueAfter: number | null
}

/** A plan to start portals from. */
export const milestoneTemplate = sqliteTable(
  'milestone_template',
  {
    id: id(),
    organizationId: ofOrganization(),
    name: text().notNull(),
    items: text({ mode: 'json' }).$type<TemplateItem[]>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('milestone_template_newest').on(t.organizationId, t.id)],
)
