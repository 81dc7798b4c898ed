import type { Scope } from '../../src/db/schema/links.ts'
import type { Role } from '../../src/db/schema/organizations.ts'

// Every instant is written as how long before the start it was (ms); one that is still to come is negative.

export const minutes = (count: number): number => count * 60_000
export const hours = (count: number): number => minutes(60 * count)
export const days = (count: number): number => hours(24 * count)
export const inDays = (count: number): number => -days(count)

/**
 * Nobody does everything at the same time of the day: what is older than a day moves by up to four
 * hours, one way or the other, and stays in its order.
 */
export function atSomeHour(ago: number): number {
  const sway = hours(4) * Math.min(1, Math.max(0, ago / days(1) - 1))
  return Math.round(ago - sway * Math.sin((2 * Math.PI * ago) / hours(37)))
}

export interface Happening {
  what: 'pause' | 'replace' | 'reveal' | 'ask'
  ago: number
  /** A colleague's email, where it wasn't the one who runs the portal. */
  by?: string
}

export interface ContactStory {
  name: string
  email: string
  invited: number
  scope?: Scope
  /** The last day falls on this instant. */
  lastDay?: number
  visits?: readonly number[]
  happenings?: readonly Happening[]
}

/** A file that the client is asked for. */
export interface RequestStory {
  title: string
  note?: string
  asked: number
  /** The due day falls on this instant. */
  due?: number
}

/** An invoice of lines without tax, in minor units. */
export interface InvoiceStory {
  lines: readonly (readonly [description: string, quantity: string, unitAmount: number])[]
  issued: number
  /** The due day falls on this instant. */
  due: number
  paid?: number
}

export interface PortalStory {
  project: string
  client: string
  currency: string
  /** The email of the colleague who runs it. */
  by: string
  /** Opened with its first contact. */
  contacts: readonly [ContactStory, ...ContactStory[]]
  requests?: readonly RequestStory[]
  invoices?: readonly InvoiceStory[]
  archived?: number
}

export interface KeyStory {
  name: string
  role: Role
  /** The email of the colleague who made it. */
  by: string
  made: number
  /** The last day falls on this instant. */
  lastDay?: number
  used?: number
  revoked?: number
}

interface Colleague {
  name: string
  email: string
  role: Role
  joined: number
}

/** What the owner set when they opened the organisation. */
interface BrandStory {
  legalName: string
  address: string
  taxId: string
  accent: string | null
  senderName: string | null
  replyTo: string | null
  logo?: () => ArrayBuffer
}

/** Somebody who was asked to join and has not yet. */
export interface InvitedColleague {
  email: string
  role: Role
  by: string
  ago: number
}

export interface OrganizationStory {
  slug: string
  name: string
  timeZone: string
  locale: string
  currency: string
  brand?: BrandStory
  /** Whether its clients pay by the local Stripe. */
  payments?: boolean
  team: readonly [Colleague, ...Colleague[]]
  invited?: readonly InvitedColleague[]
  portals: readonly PortalStory[]
  keys?: readonly KeyStory[]
}
