import type { Scope } from '../../db/schema/links.ts'
import { addDays, dayOf, endOfDay } from '../../lib/day.ts'

export type LinkState = 'live' | 'paused' | 'expired'

interface LinkFacts {
  pausedAt: number | null
  expiresAt: number | null
}

/** An expired link stays expired while it is paused: resuming it alone would not bring it back. */
export function linkState(link: LinkFacts, now: number): LinkState {
  if (link.expiresAt !== null && link.expiresAt <= now) return 'expired'
  return link.pausedAt === null ? 'live' : 'paused'
}

/**
 * When a new link ends unless somebody says otherwise: with the day, in the organisation's zone, that
 * is `linkDays` after today. Null for never.
 */
export function endOfNewLink(
  organization: { linkDays: number | null; timeZone: string },
  now: number,
): number | null {
  const { linkDays, timeZone } = organization
  if (linkDays === null) return null
  return endOfDay(addDays(dayOf(now, timeZone), linkDays), timeZone)
}

/** 64 lower-case hex characters; anything else never reaches the database. */
export const isToken = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** What the token of a link is the HMAC of. */
export const tokenText = (link: { id: string; key: string; version: number }): string =>
  `v1|${link.key}|${link.id}|${link.version}`

/** Whom a click on "Ask for a new link" reaches. */
export type Help = 'mail-contact' | 'ask-team' | 'nobody'

/** `replaced` is about the token that was asked with, the rest about its link as it is now. */
export function helpFor(link: LinkFacts & { replaced: boolean }, now: number): Help {
  const state = linkState(link, now)
  if (state === 'expired') return 'ask-team'
  return link.replaced && state === 'live' ? 'mail-contact' : 'nobody'
}

/** A visit counts once in half an hour, however often the page is loaded. */
export const VISIT = 30 * 60_000

export type Section = 'milestones' | 'messages' | 'files' | 'invoices'

export const mayOpen = (scope: Scope, section: Section): boolean =>
  scope === 'all' || section === 'invoices'
