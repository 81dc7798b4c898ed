import { entranceReads } from './reads/entrance.ts'
import { teamReads } from './reads/team.ts'
import { portalReads } from './reads/portals.ts'
import { milestoneReads } from './reads/milestones.ts'
import { linkReads } from './reads/links.ts'
import { messageReads } from './reads/messages.ts'
import { fileReads } from './reads/files.ts'
import { activityReads } from './reads/activity.ts'
import { settingsReads } from './reads/settings.ts'
import { invoiceReads } from './reads/invoices.ts'
import { paperReads } from './reads/papers.ts'
import type { Read } from './read.ts'
import type { Staged } from './scene.ts'

/** Every GET of the app, with what it may cost. */
export const reads = (staged: Staged): readonly Read[] => [
  ...entranceReads(staged),
  ...teamReads(staged),
  ...portalReads(staged),
  ...milestoneReads(staged),
  ...linkReads(staged),
  ...messageReads(staged),
  ...fileReads(staged),
  ...activityReads(staged),
  ...settingsReads(staged),
  ...invoiceReads(staged),
  ...paperReads(staged),
]
