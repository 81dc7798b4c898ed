import { paths } from '../../../src/paths.ts'
import { GLANCE, SESSION, rows } from '../bounds.ts'
import { key, member, none, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const portalReads = ({
  slug,
  portal,
  longPlan,
  archived,
  token,
}: Staged): readonly Read[] => [
  { path: paths.portal(token), trips: 1, rows: 90, as: 'link' },
  { path: paths.api.client(token), trips: 1, rows: 90, as: 'link' },
  { path: paths.portal('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
  { path: paths.api.client('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
  none(paths.portal('no-token')),
  none(paths.api.client('F'.repeat(64))),
  member(paths.portals(slug), rows(50, 3) + GLANCE),
  member(paths.newPortal(slug), rows(50, 0)),
  member(paths.portalOf(slug, portal), rows(1, 2) + rows(50, 2)),
  member(paths.editPortal(slug, portal), rows(1, 3)),
  member(paths.portalAction(slug, archived, 'delete'), rows(1, 3)),
  member(paths.portalAction(slug, portal, 'duplicate'), rows(1, 3) + rows(50, 1)),
  member(paths.portalOf(slug, longPlan), rows(1, 2) + rows(100, 0) + rows(50, 2)),
  { path: paths.operator, trips: 2, rows: rows(150, 1) + SESSION, as: 'operator' },
  key(paths.api.portals, rows(50, 3)),
  key(paths.api.portal(portal), rows(1, 2)),
]
