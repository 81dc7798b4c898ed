import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { key, member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const linkReads = ({ slug, portal, link }: Staged): readonly Read[] => [
  member(paths.newLink(slug, portal), rows(1, 2)),
  member(paths.link(slug, portal, link), rows(1, 2)),
  member(paths.linkAction(slug, portal, link, 'view'), 90),
  member(paths.links(slug, portal), rows(1, 2) + rows(50, 2)),
  key(paths.api.links(portal), rows(1, 2) + rows(50, 2)),
]
