import { listFilesInput, renameFileInput } from '../../../features/files/input.ts'
import { listRequestsInput, openRequestInput } from '../../../features/requests/input.ts'
import { paths } from '../../../paths.ts'
import { item, list, type Operation } from './operation.ts'

/** The files of a portal, and those that its client is asked for. */
export const files: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.files(':portal'),
    summary: 'The files of a portal, newest first, whole or by folder',
    input: listFilesInput,
    ok: list,
  },
  {
    method: 'patch',
    path: paths.api.file(':portal', ':file'),
    summary: 'Rename a file, or move it to another folder, unless another one has that name there',
    input: renameFileInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.file(':portal', ':file'),
    summary: 'Delete a file; for 30 days it can be restored',
    ok: { status: 204, description: 'It is deleted.' },
  },
  {
    method: 'post',
    path: paths.api.fileAction(':portal', ':file', 'restore'),
    summary: 'Bring a deleted file back, unless another one has taken its name',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.fileRequests(':portal'),
    summary: 'The files that a portal’s client is asked for',
    input: listRequestsInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.fileRequests(':portal'),
    summary: 'Ask for a file: the client is mailed about it until it is there',
    input: openRequestInput,
    ok: { status: 201, description: 'The request.' },
  },
  {
    method: 'delete',
    path: paths.api.fileRequest(':portal', ':request'),
    summary: 'Close a request, as POST /close does',
    ok: { status: 204, description: 'It is closed.' },
  },
  {
    method: 'post',
    path: paths.api.fileRequestAction(':portal', ':request', 'close'),
    summary: 'Close a request; one that was answered stays as it is',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.fileRequestAction(':portal', ':request', 'reopen'),
    summary: 'Ask again for what was answered or closed',
    ok: item,
  },
  {
    method: 'get',
    path: paths.api.fileAction(':portal', ':file', 'content'),
    summary: 'What a file holds, by Range and ETag; ?version= for an earlier one',
    ok: { status: 200, description: 'The bytes; 206 for a range of them.' },
  },
]
