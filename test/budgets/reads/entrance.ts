import { paths } from '../../../src/paths.ts'
import { SESSION, rows } from '../bounds.ts'
import { member, none, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const entranceReads = ({ organization, slug, joinToken }: Staged): readonly Read[] => [
  none(paths.logoFile(organization, `${'a'.repeat(64)}.png`)),
  none(paths.home),
  none(paths.robots),
  none(paths.signIn),
  none(paths.confirm),
  none(paths.api.openapi),
  { path: paths.healthz, trips: 1, rows: 1, as: 'nobody' },
  member(paths.dashboard, rows(0, 0)),
  member(paths.account, rows(1, 0) + rows(1, 0) + rows(0, 0)),
  { path: paths.newOrganization, trips: 1, rows: SESSION, as: 'member' },
  { path: paths.join(joinToken), trips: 1, rows: rows(1, 3), as: 'nobody' },
  { path: paths.join(joinToken), trips: 2, rows: rows(1, 3) + SESSION, as: 'member' },
  none(paths.join('no-token')),
  none(paths.join(`${'f'.repeat(36)}.${'f'.repeat(64)}`)),
  { path: paths.organization(slug), trips: 1, rows: SESSION, as: 'member' },
]
