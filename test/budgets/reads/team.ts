import { paths } from '../../../src/paths.ts'
import { SESSION, rows } from '../bounds.ts'
import { member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const teamReads = ({ slug }: Staged): readonly Read[] => [
  member(paths.team(slug), rows(50, 1) + rows(50, 2)),
  member(paths.keys(slug), rows(50, 0)),
  { path: paths.newKey(slug), trips: 1, rows: SESSION, as: 'member' },
]
