import type { Conflict, Failure } from '../lib/failure.ts'
import { sizeWords } from '../lib/size.ts'

export interface Words {
  status: 403 | 404 | 409 | 413 | 422 | 423 | 429
  title: string
  detail: string
}

/** What a failure is called outside: a status, and words that a person can act on. */
export function wordsFor(failure: Failure): Words {
  switch (failure.kind) {
    case 'missing':
      return {
        status: 404,
        title: 'Not found',
        detail: 'It is not there, or it is not yours to see.',
      }
    case 'forbidden':
      return {
        status: 403,
        title: 'Your role does not allow this',
        detail: 'Nothing was changed. Ask an owner or an admin of the organisation to do it.',
      }
    case 'conflict':
      return { status: 409, ...conflict(failure.reason) }
    case 'invalid':
      return {
        status: 422,
        title: 'Some of this is not right yet',
        detail: failure.errors.map(({ message }) => message).join(' '),
      }
    case 'limited':
      return {
        status: 429,
        title: 'That was a little fast',
        detail: `Nothing was changed. Try again ${waitWords(failure.retryAfter)}.`,
      }
    case 'too-large':
      return {
        status: 413,
        title: 'This is too large',
        detail: `At most ${sizeWords(failure.most)} can be sent this way at once.`,
      }
    case 'locked':
      return {
        status: 423,
        title: 'This upload is being written to',
        detail: 'Another connection is sending to it at this moment. Ask for its offset and go on.',
      }
  }
}

/** 'in 10 minutes'; rounded up, so that whoever waits as long is let in. */
export function waitWords(seconds: number): string {
  if (seconds <= 60) return 'in a minute'
  return seconds <= 7200
    ? `in ${Math.ceil(seconds / 60)} minutes`
    : `in ${Math.ceil(seconds / 3600)} hours`
}

function conflict(reason: Conflict): Omit<Words, 'status'> {
  switch (reason) {
    case 'plan-full':
      return {
        title: 'This plan is full',
        detail: 'A plan has at most 100 milestones. Put several steps into one.',
      }
    case 'plan-empty':
      return {
        title: 'This plan is empty',
        detail: 'A template needs at least one milestone. Add one first.',
      }
    case 'plan-begun':
      return {
        title: 'This portal has a plan already',
        detail:
          'A template fills an empty plan. Delete its milestones first, or add to them by hand.',
      }
    case 'approval-stands':
      return {
        title: 'The client has approved this milestone',
        detail: 'Changing its progress takes the approval back. Confirm that you want that.',
      }
    case 'approval-not-asked':
      return {
        title: 'There is nothing to answer here',
        detail: 'The milestone was answered already, or is not up for approval any more.',
      }
    case 'link-not-live':
      return {
        title: 'This link is not live',
        detail: 'It is paused or past its last day. Resume it or give it a later day first.',
      }
    case 'link-key-gone':
      return {
        title: 'This link can’t be shown any more',
        detail:
          'The key it was made with has been retired. It still works; replace it to get a new address.',
      }
    case 'email-not-retryable':
      return {
        title: 'This email needs no second try',
        detail: 'It is on its way or has arrived.',
      }
    case 'address-taken':
      return {
        title: 'This name is taken',
        detail: 'Another organisation goes by it. Add a word to yours.',
      }
    case 'last-owner':
      return {
        title: 'An organisation needs an owner',
        detail: 'This is the last one. Make somebody else an owner first.',
      }
    case 'sign-in-first':
      return {
        title: 'Sign in to join',
        detail:
          'This address has a way in here already. Sign in with it: the invitation waits on your dashboard.',
      }
    case 'changed-meanwhile':
      return {
        title: 'Somebody changed this meanwhile',
        detail: 'Load it again to see how it is now.',
      }
    case 'file-name-taken':
      return {
        title: 'There is a file of this name',
        detail: 'It came after this one was deleted. Delete that one first.',
      }
    case 'request-over':
      return {
        title: 'This file is no longer asked for',
        detail: 'The request was answered or closed meanwhile. Send the file without it.',
      }
    case 'storage-full':
      return {
        title: 'There is no room left',
        detail:
          'The storage of this organisation is full. Delete files that nobody needs, then send it again.',
      }
    case 'wrong-offset':
      return {
        title: 'The upload stands elsewhere',
        detail:
          'We have more or fewer bytes of it than you say. Ask for its offset and go on there.',
      }
    case 'portal-archived':
      return {
        title: 'This portal is archived',
        detail:
          'It can be read and no longer changed, and nobody new can be invited. Restore it first.',
      }
    case 'portal-not-archived':
      return {
        title: 'Only an archived portal can be deleted',
        detail: 'Archive it first. Deleting takes everything in it away for good.',
      }
  }
}
