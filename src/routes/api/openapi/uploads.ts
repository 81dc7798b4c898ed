import { paths } from '../../../paths.ts'
import { item, type Operation } from './operation.ts'

/** By tus 1.0, of the team and of clients. */
export const uploads: readonly Operation[] = [
  {
    method: 'options',
    path: paths.api.uploads(':portal'),
    summary: 'What of tus this server can do',
    ok: { status: 204, description: 'It stands in the headers.' },
  },
  {
    method: 'post',
    path: paths.api.uploads(':portal'),
    summary:
      'Begin an upload by tus 1.0: Upload-Length, and Upload-Metadata with filename, folder and request; its first bytes may come along',
    ok: { status: 201, description: 'The upload; Location says where its bytes go.' },
  },
  {
    method: 'get',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'How far an upload has come; HEAD gives it in tus’ headers alone',
    ok: item,
  },
  {
    method: 'patch',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'The next bytes, at most 95 MiB at once, from Upload-Offset on',
    ok: { status: 204, description: 'They are kept, up to Upload-Offset.' },
  },
  {
    method: 'delete',
    path: paths.api.upload(':portal', ':upload'),
    summary: 'End an upload',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'options',
    path: paths.api.clientUploads(':token'),
    summary: 'The same for clients',
    ok: { status: 204, description: 'It stands in the headers.' },
    open: true,
  },
  {
    method: 'post',
    path: paths.api.clientUploads(':token'),
    summary: 'The client begins an upload, as the team does',
    ok: { status: 201, description: 'The upload; Location says where its bytes go.' },
    open: true,
  },
  {
    method: 'get',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'How far an upload of the client’s has come',
    ok: item,
    open: true,
  },
  {
    method: 'patch',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'The next bytes of it',
    ok: { status: 204, description: 'They are kept, up to Upload-Offset.' },
    open: true,
  },
  {
    method: 'delete',
    path: paths.api.clientUpload(':token', ':upload'),
    summary: 'The client ends an upload',
    ok: { status: 204, description: 'It is gone.' },
    open: true,
  },
]
