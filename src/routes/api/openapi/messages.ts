import { listMessagesInput, sendMessageInput } from '../../../features/messages/input.ts'
import { paths } from '../../../paths.ts'
import { item, list, type Operation } from './operation.ts'

export const messages: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.messages(':portal'),
    summary: 'The messages of a portal, newest first; If-None-Match is answered with 304',
    input: listMessagesInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.messages(':portal'),
    summary: 'Write a message',
    input: sendMessageInput,
    ok: { status: 201, description: 'The message.' },
  },
  {
    method: 'post',
    path: paths.api.messageAction(':portal', ':message', 'archive'),
    summary: 'Put a message away: clients no longer see it',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.messageAction(':portal', ':message', 'restore'),
    summary: 'Show a message again',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.portalSeen(':portal'),
    summary: 'The team has read the thread',
    ok: { status: 200, description: 'The portal as it is now.' },
  },
]
