import { paths } from '../../../src/paths.ts'
import { ACTIVITY, rows } from '../bounds.ts'
import { key, member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const activityReads = ({ slug, portal }: Staged): readonly Read[] => [
  // The list with the names of its portals, and who and what can be chosen.
  member(paths.activity(slug), ACTIVITY),
  member(paths.portalActivity(slug, portal), rows(1, 2) + rows(50, 0)),
  member(paths.emails(slug), rows(50, 0)),
  key(paths.api.activity, rows(50, 0)),
  key(paths.api.portalActivity(portal), rows(50, 0)),
  key(paths.api.emails, rows(50, 0)),
]
