import type { Role } from '../../db/schema/organizations.ts'

/** Who may do what. The last word on every verb that a member or an API key calls. */
const permissions = {
  'portal.create': ['owner', 'admin', 'member'],
  'portal.change': ['owner', 'admin', 'member'],
  'portal.archive': ['owner', 'admin', 'member'],
  // What it takes away can't be brought back.
  'portal.delete': ['owner', 'admin'],
  'link.create': ['owner', 'admin', 'member'],
  'link.change': ['owner', 'admin', 'member'],
  'link.pause': ['owner', 'admin', 'member'],
  'link.send': ['owner', 'admin', 'member'],
  // These hand out, or end, what lets somebody else in.
  'link.replace': ['owner', 'admin'],
  'link.reveal': ['owner', 'admin'],
  'link.delete': ['owner', 'admin'],
  'milestone.create': ['owner', 'admin', 'member'],
  'milestone.change': ['owner', 'admin', 'member'],
  'milestone.delete': ['owner', 'admin', 'member'],
  'message.send': ['owner', 'admin', 'member'],
  'message.archive': ['owner', 'admin', 'member'],
  'file.upload': ['owner', 'admin', 'member'],
  'file.rename': ['owner', 'admin', 'member'],
  'file.delete': ['owner', 'admin', 'member'],
  'request.open': ['owner', 'admin', 'member'],
  'request.close': ['owner', 'admin', 'member'],
  'invoice.draft': ['owner', 'admin', 'member'],
  'invoice.issue': ['owner', 'admin', 'member'],
  'invoice.remind': ['owner', 'admin', 'member'],
  'invoice.end': ['owner', 'admin', 'member'],
  'invoice.send': ['owner', 'admin', 'member'],
  // It hands out what lets somebody else in.
  'invoice.reveal': ['owner', 'admin'],
  // These take back what the books say.
  'invoice.void': ['owner', 'admin'],
  'invoice.credit': ['owner', 'admin'],
  'payment.record': ['owner', 'admin', 'member'],
  'payment.refund': ['owner', 'admin'],
  'payment.reverse': ['owner', 'admin'],
  'payment.connect': ['owner', 'admin'],
  'email.retry': ['owner', 'admin', 'member'],
  'organization.change': ['owner', 'admin'],
  'organization.transfer': ['owner'],
  'member.invite': ['owner', 'admin'],
  'member.change': ['owner', 'admin'],
  'member.remove': ['owner', 'admin'],
  'key.create': ['owner', 'admin'],
  'key.revoke': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

const isPermission = (name: string): name is Permission => name in permissions

/** In the table's order. */
export const allPermissions: readonly Permission[] = Object.keys(permissions).filter(isPermission)

/** Whether a role is enough. */
export function permits(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return allowed.includes(role)
}

/** Whether the actor may. Only members and API keys have a role; everyone else may nothing here. */
export function authorise(actor: { kind: string; role?: Role }, permission: Permission): boolean {
  if (actor.kind !== 'member' && actor.kind !== 'apiKey') return false
  return actor.role !== undefined && permits(actor.role, permission)
}

/** Whom a role appoints, changes and removes: only owners stand above owners. */
const reach: Record<Role, readonly Role[]> = {
  owner: ['owner', 'admin', 'member'],
  admin: ['admin', 'member'],
  member: [],
}

/** The roles that the actor may give to others, and take from whoever has them. */
export const grantable = (actor: { role?: Role }): readonly Role[] =>
  actor.role === undefined ? [] : reach[actor.role]

/** Whether the actor may make somebody this, or change and remove somebody who is. */
export const mayGrant = (actor: { role?: Role }, role: Role): boolean =>
  grantable(actor).includes(role)

/** Letters that are no letter with a mark, so that taking marks off leaves them as they are. */
const plainly: Record<string, string> = {
  æ: 'ae',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
}

/** 'northwind-studio' out of 'Northwind Studio!'; empty when nothing of the name can be in an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[æðđħıłøœßþ]/g, (letter) => plainly[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')

/**
 * Who may open an organisation: the first owner, whoever owns one already, and anybody where signing
 * up is open. `roles` are those that the person has anywhere.
 */
export const mayFound = (
  person: { email: string; roles: readonly Role[] },
  settings: { firstOwner: string; openSignUp: boolean },
): boolean =>
  settings.openSignUp ||
  person.roles.includes('owner') ||
  person.email.toLowerCase() === settings.firstOwner
