import {
  changePortalInput,
  createPortalInput,
  listPortalsInput,
} from '../../../features/portals/input.ts'
import { paths } from '../../../paths.ts'
import { item, type Operation } from './operation.ts'

export const portals: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.portals,
    summary: 'List and search portals',
    input: listPortalsInput,
    ok: {
      status: 200,
      description:
        '{ items, next }: one page, newest first. Sorted by activity or outstanding without a status, it is of active portals; sorted by outstanding, the largest sums come first within each currency. A search looks for the beginnings of words and is newest first.',
    },
  },
  {
    method: 'post',
    path: paths.api.portals,
    summary: 'Open a portal and invite its first contact',
    input: createPortalInput,
    ok: { status: 201, description: 'The portal with its links, and the address of the new one.' },
  },
  { method: 'get', path: paths.api.portal(':portal'), summary: 'One portal', ok: item },
  {
    method: 'patch',
    path: paths.api.portal(':portal'),
    summary: 'Change project, client, price, buyer, and the currency until it is billed',
    input: changePortalInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.portal(':portal'),
    summary: 'Delete an archived portal that has no issued invoice, with its files',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'archive'),
    summary: 'Archive a portal: its links only read',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'restore'),
    summary: 'Restore an archived portal',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'pause-reminders'),
    summary: 'Send no reminders of any invoice of a portal by themselves',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalAction(':portal', 'resume-reminders'),
    summary: 'Go on with reminders; what was left out meanwhile stays left out',
    ok: item,
  },
]
