import { expect } from 'vitest'

/** Everybody who may stand before a door. */
export const visitors = [
  'nobody',
  'liveLink',
  'billingLink',
  'deadLink',
  'otherPortalsLink',
  'member',
  'admin',
  'owner',
  'foreignOwner',
  'memberKey',
  'adminKey',
  'ownerKey',
  'foreignKey',
  // The token of one invoice's mail.
  'invoiceHolder',
] as const
export type Visitor = (typeof visitors)[number]
export type Answers = Record<Visitor, number>

/** The answers in the order of `visitors`, so that a row reads like a table's. */
export const row = (...given: number[]): Answers => {
  // The token of an invoice opens no more than a dead link, where a row doesn't say otherwise.
  const answers = given.length === 13 ? [...given, given[3] ?? 0] : given
  expect(answers).toHaveLength(visitors.length)
  return Object.fromEntries(
    visitors.map((visitor, index) => [visitor, answers[index] ?? 0]),
  ) as Answers
}

export const everybody = (status: number): Answers => row(...visitors.map(() => status))

// A page of the dashboard sends everybody without a session to sign in, keys and links included; an
// owner of elsewhere finds nothing.            nob liv bil dea oth mem adm own for mky aky oky fky
export const page = row(303, 303, 303, 303, 303, 200, 200, 200, 404, 303, 303, 303, 303)
export const act = row(403, 403, 403, 403, 403, 303, 303, 303, 404, 403, 403, 403, 403)
export const actOfAdmins = row(403, 403, 403, 403, 403, 403, 303, 303, 404, 403, 403, 403, 403)
export const showToAdmins = row(403, 403, 403, 403, 403, 403, 200, 200, 404, 403, 403, 403, 403)
export const pageOfAdmins = row(303, 303, 303, 303, 303, 403, 200, 200, 404, 303, 303, 303, 303)
export const list = row(401, 401, 401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200)
export const item = row(401, 401, 401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 404)
export const added = row(401, 401, 401, 401, 401, 201, 201, 201, 404, 201, 201, 201, 404)
export const itemOfAdmins = row(401, 401, 401, 401, 401, 403, 200, 200, 404, 403, 200, 200, 404)
export const opened = row(404, 200, 200, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
export const gone = row(401, 401, 401, 401, 401, 204, 204, 204, 404, 204, 204, 204, 404)
// A link to invoices alone opens no thread.
export const openedWhole = row(404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
export const billedAtHome = row(404, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
// The invoice that the token is of.
export const held = row(404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 200)
export const heldAct = row(404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 303)
export const actInside = row(404, 303, 404, 404, 303, 404, 404, 404, 404, 404, 404, 404, 404)
// What was entered is the owners' and admins' to take back.
export const addedByAdmins = row(401, 401, 401, 401, 401, 403, 201, 201, 404, 403, 201, 201, 404)
