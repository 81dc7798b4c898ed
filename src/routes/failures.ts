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
        detail: 'Another one has it in this folder. Rename or delete that one first.',
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
    case 'portal-billed':
      return {
        title: 'This portal has invoices',
        detail:
          'What was issued has to be kept, so the portal is archived and never deleted. Its clients can still read it.',
      }
    case 'currency-fixed':
      return {
        title: 'This portal has been billed already',
        detail: 'Its first invoice fixed the currency. Open another portal for another currency.',
      }
    case 'invoice-issued':
      return {
        title: 'This invoice was issued',
        detail:
          'An issued invoice never changes. Take something back with a credit note, or void it and issue another.',
      }
    case 'invoice-draft':
      return {
        title: 'This invoice is a draft',
        detail: 'Issue it first: until then nothing is owed and nothing can be paid or taken back.',
      }
    case 'invoice-not-open':
      return {
        title: 'Only an open invoice can be voided',
        detail: 'This one is settled already. Take back what was too much with a credit note.',
      }
    case 'invoice-void':
      return {
        title: 'This invoice is void',
        detail: 'Nothing is owed on it any more, so there is nothing left to do with it.',
      }
    case 'invoice-money-held':
      return {
        title: 'There is money on this invoice',
        detail:
          'A payment was received or is on its way. Refund or reverse it first, or write a credit note instead.',
      }
    case 'invoice-currency':
      return {
        title: 'The portal’s currency has changed',
        detail:
          'This draft was written in another one. Look at its amounts and save it, then issue it.',
      }
    case 'invoice-not-repeatable':
      return {
        title: 'This invoice is paid once',
        detail: 'Only an invoice that may be paid again and again can be ended.',
      }
    case 'no-live-link':
      return {
        title: 'Nobody has a live link to this portal',
        detail:
          'An invoice is mailed to contacts whose link is live. Invite somebody, or resume a link first.',
      }
    case 'milestone-billed':
      return {
        title: 'This milestone has an invoice already',
        detail: 'Change or delete that draft, or void the invoice, to bill the milestone anew.',
      }
    case 'statement-empty':
      return {
        title: 'There is no statement yet',
        detail: 'Nothing was issued in this portal. Its first invoice makes the first statement.',
      }
    case 'milestone-unpriced':
      return {
        title: 'There is nothing to pay for it',
        detail: 'This milestone has no amount yet, and no part of a price.',
      }
    case 'settings-key-missing':
      return {
        title: 'Secrets can’t be kept yet',
        detail:
          'SETTINGS_KEY, which seals them, is not set, or it is another one than before. Whoever runs this installation sets it.',
      }
    case 'stripe-not-connected':
      return {
        title: 'No Stripe account is connected',
        detail: 'Enter a restricted key under Settings, Payments first.',
      }
    case 'invoice-settled':
      return {
        title: 'There is nothing to pay on this invoice',
        detail: 'It is paid, void or ended, so nobody is reminded of it and nothing is answered.',
      }
    case 'invoice-processing':
      return {
        title: 'A payment is on its way',
        detail: 'Nobody is reminded while it is. If it fails, you can send a reminder then.',
      }
    case 'nobody-to-remind':
      return {
        title: 'Nobody can be reminded',
        detail:
          'No contact of this portal has a living link and an address that takes mail. Look at its links first.',
      }
    case 'payment-through-stripe':
      return {
        title: 'This came through Stripe',
        detail:
          'Nobody entered it, so it can’t have been entered wrongly. Give it back with a refund; a dispute is told by Stripe itself.',
      }
    case 'payment-gone':
      return {
        title: 'There is nothing left to take back',
        detail: 'This is no payment, or all of it was refunded or reversed already.',
      }
  }
}
