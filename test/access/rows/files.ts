import { paths } from '../../../src/paths.ts'
import { page, act, item, gone, openedWhole, actInside, row } from '../answers.ts'
import { o, p, f, post, get, api, type Route } from '../route.ts'

const ofItsPortal = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)

export const fileRoutes: readonly Route[] = [
  { ...post(paths.clientFiles(':token'), actInside), file: 'file' },
  get(paths.clientFiles(':token'), openedWhole),
  // A file of the portal that the live link opens.
  get(paths.clientFile(':token', f), ofItsPortal),
  api('GET', paths.api.clientFiles(':token'), openedWhole),
  get(paths.clientFileAction(':token', ':file', 'content'), ofItsPortal),
  get(paths.clientFileAction(':token', ':file', 'preview'), ofItsPortal),
  get(paths.clientArchive(':token'), ofItsPortal),
  api('GET', paths.api.clientFile(':token', ':file'), ofItsPortal),
  { ...post(paths.files(o, p), act), file: 'file' },
  get(paths.files(o, p), page),
  get(paths.file(o, p, f), page),
  post(paths.fileAction(o, p, f, 'delete'), act),
  post(paths.fileAction(o, p, f, 'rename'), act, { name: 'b.pdf', folder: 'Final' }),
  post(paths.fileAction(o, p, f, 'restore'), act),
  get(paths.fileAction(o, p, ':file', 'content'), page),
  get(paths.fileAction(o, p, ':file', 'preview'), page),
  get(paths.archive(o, p), page),
  api('GET', paths.api.files(p), item),
  api('PATCH', paths.api.file(p, f), item, { name: 'b.pdf' }),
  api('DELETE', paths.api.file(p, f), gone),
  api('POST', paths.api.fileAction(p, f, 'restore'), item),
  api('GET', paths.api.fileAction(p, ':file', 'content'), item),
]
