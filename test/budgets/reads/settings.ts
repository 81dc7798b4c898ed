import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const settingsReads = ({ slug }: Staged): readonly Read[] => [
  member(paths.settings(slug), rows(1, 0)),
  member(paths.branding(slug), rows(1, 0)),
  member(paths.defaults(slug), rows(1, 0)),
  member(paths.paymentSettings(slug), rows(1, 0)),
  member(paths.billing(slug), rows(1, 0) + rows(50, 0) + rows(50, 0)),
  member(paths.reminderSettings(slug), rows(1, 0)),
]
