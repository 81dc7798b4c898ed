import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { key, member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const milestoneReads = ({ slug, longPlan, milestone }: Staged): readonly Read[] => [
  member(paths.milestones(slug, longPlan), rows(1, 2) + rows(100, 0) + rows(50, 0)),
  member(paths.milestone(slug, longPlan, milestone), rows(1, 0)),
  member(paths.templates(slug), rows(50, 0)),
  key(paths.api.milestones(longPlan), rows(1, 2) + rows(50, 0)),
]
