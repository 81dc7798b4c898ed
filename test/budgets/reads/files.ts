import { paths } from '../../../src/paths.ts'
import { FOLDERS, rows } from '../bounds.ts'
import { key, member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const fileReads = ({
  slug,
  portal,
  longPlan,
  token,
  file,
  stored,
  upload,
  hers,
}: Staged): readonly Read[] => [
  // The portal, the folders twice over, and what the organisation's files take.
  member(paths.files(slug, portal), rows(1, 2) + rows(50, 0) + FOLDERS),
  member(`${paths.files(slug, portal)}?folder=Brand`, rows(1, 2) + rows(50, 0) + FOLDERS),
  member(`${paths.files(slug, portal)}?deleted=1`, rows(1, 2) + rows(50, 0)),
  member(paths.file(slug, portal, file), rows(1, 2) + rows(20, 0)),
  member(paths.fileRequests(slug, longPlan), rows(1, 2) + rows(50, 0) + rows(50 * 5, 1)),
  key(paths.api.files(portal), rows(50, 0)),
  key(`${paths.api.files(portal)}?folder=Drafts/Round+2`, rows(50, 0)),
  key(paths.api.upload(portal, upload), rows(1, 1)),
  key(paths.api.fileRequests(longPlan), rows(1, 2) + rows(50, 0)),
  { path: paths.api.clientUpload(token, hers), trips: 1, rows: 20, as: 'link' },
  { path: paths.clientFiles(token), trips: 1, rows: rows(50, 0) + FOLDERS + 10, as: 'link' },
  { path: paths.clientFile(token, file), trips: 1, rows: rows(20, 0), as: 'link' },
  { path: paths.api.clientFiles(token), trips: 1, rows: rows(50, 0) + FOLDERS + 10, as: 'link' },
  member(paths.fileAction(slug, portal, stored, 'content'), rows(1, 1)),
  member(paths.fileAction(slug, portal, stored, 'preview'), rows(1, 1)),
  member(`${paths.archive(slug, portal)}?file=${stored}`, rows(1, 2) + rows(1, 1)),
  key(paths.api.fileAction(portal, stored, 'content'), rows(1, 1)),
  // Beside the file, what is said of the link, its portal and the team.
  ...[
    paths.clientFileAction(token, stored, 'content'),
    paths.clientFileAction(token, stored, 'preview'),
    paths.api.clientFile(token, stored),
    `${paths.clientArchive(token)}?file=${stored}`,
  ].map((path): Read => ({ path, trips: 1, rows: rows(1, 1) + 11, as: 'link' })),
]
