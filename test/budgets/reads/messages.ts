import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { key, member, none, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const messageReads = ({ slug, portal, token, unsubscribing }: Staged): readonly Read[] => [
  member(paths.messages(slug, portal), rows(1, 2) + rows(20, 0) + 40),
  member(`${paths.messages(slug, portal)}?archived=1`, rows(1, 2) + rows(20, 0) + 40),
  member(paths.inbox(slug), rows(50, 1)),
  member(`${paths.inbox(slug)}?unread=1`, rows(50, 1)),
  key(paths.api.messages(portal), rows(50, 0) + 40),
  { path: paths.clientMessages(token), trips: 1, rows: 40, as: 'link' },
  { path: paths.api.clientMessages(token), trips: 1, rows: 70, as: 'link' },
  { path: paths.api.unsubscribe(unsubscribing), trips: 1, rows: 3, as: 'nobody' },
  none(paths.api.unsubscribe('no-token')),
]
