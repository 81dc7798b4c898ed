import {
  changeLinkInput,
  createLinkInput,
  replaceLinkInput,
} from '../../../features/links/input.ts'
import { pageInput } from '../../../lib/page.ts'
import { paths, type ApiLinkAction } from '../../../paths.ts'
import { item, type Operation } from './operation.ts'

const link = (name: ApiLinkAction) => paths.api.linkAction(':portal', ':link', name)

export const links: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.links(':portal'),
    summary: 'The links of a portal, oldest first',
    input: pageInput,
    ok: { status: 200, description: '{ items, next }: one page, oldest first.' },
  },
  {
    method: 'post',
    path: paths.api.links(':portal'),
    summary: 'Invite a contact',
    input: createLinkInput,
    ok: { status: 201, description: 'The link with its address.' },
  },
  {
    method: 'patch',
    path: paths.api.link(':portal', ':link'),
    summary: 'Change what a link opens, and until when',
    input: changeLinkInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.link(':portal', ':link'),
    summary: 'Delete a link',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: link('replace'),
    summary: 'Give a link a new address; the old one is dead at once',
    input: replaceLinkInput,
    ok: { status: 200, description: 'The link with its new address.' },
  },
  { method: 'post', path: link('pause'), summary: 'Pause a link', ok: item },
  { method: 'post', path: link('resume'), summary: 'Resume a paused link', ok: item },
  { method: 'post', path: link('send'), summary: 'Mail a link once more', ok: item },
  {
    method: 'post',
    path: link('reveal'),
    summary: 'Give out the address of a link; who asked is kept',
    ok: { status: 200, description: 'The link with its address.' },
  },
]
