import * as z from 'zod/mini'
import { decodeCursor } from '../../lib/cursor.ts'
import { pageInput } from '../../lib/page.ts'
import { amount } from '../../lib/amounts.ts'
import { currency, id, line, lines } from '../../lib/schema.ts'
import { contactInput } from '../links/input.ts'

const facts = {
  project: line('The project', 160),
  client: line('The client', 160),
  currency,
}
/** What the project costs in all, for milestones that are billed as parts of it. */
const price = z.nullable(amount('The price'))
/** Whom invoices are for, where that is more than the client's name. */
const buyer = z.object({
  name: line('The buyer’s name', 160),
  address: z._default(
    z.nullable(lines('The buyer’s address', { lines: 8, characters: 400 })),
    null,
  ),
  taxId: z._default(z.nullable(line('The buyer’s tax id', 60)), null),
})
const send = z._default(z.boolean('send is true or false.'), true)

export const createPortalInput = z.object({
  /** A UUIDv7 chosen by the caller: the same one again makes no second portal. */
  id: z.optional(id),
  ...facts,
  price: z.optional(price),
  contact: contactInput,
  /** The id of a template of milestones; its due days are counted from the day the portal is opened. */
  template: z.optional(id),
  send,
})
export type CreatePortal = z.output<typeof createPortalInput>

export const changePortalInput = z.object({
  project: z.optional(facts.project),
  client: z.optional(facts.client),
  currency: z.optional(facts.currency),
  price: z.optional(price),
  buyer: z.optional(z.nullable(buyer)),
})
export type ChangePortal = z.output<typeof changePortalInput>

/** What the form sends: everything, and what stood there when it was opened. */
export const editPortalInput = z.object({
  ...facts,
  was: z.object({ project: z.string(), client: z.string(), currency: z.string() }),
})

/** Contacts that a duplicate takes along at most. */
export const MOST_TAKEN = 50

export const duplicatePortalInput = z.object({
  /** As in `createPortalInput`. */
  id: z.optional(id),
  ...facts,
  /** Ids of contacts of the portal that is duplicated. */
  contacts: z
    .array(id)
    .check(z.maxLength(MOST_TAKEN, `At most ${MOST_TAKEN} people can be taken along.`)),
  send,
})
export type DuplicatePortal = z.output<typeof duplicatePortalInput>

const wrongCursor = 'This is not a cursor of this list.'

/** By what the list goes on after its last item: the columns it is sorted by. */
const activityKey = z.tuple([z.int(), id])
const outstandingKey = z.tuple([currency, z.int(), id])

/** How far a list was read: after this item. */
export type After =
  | { sort: 'newest'; id: string }
  | { sort: 'activity'; at: number; id: string }
  | { sort: 'outstanding'; currency: string; amount: number; id: string }

export type PortalSort = After['sort']

function after(sort: PortalSort, cursor: string): After | undefined {
  if (sort === 'newest') {
    const key = z.safeParse(id, cursor)
    return key.success ? { sort, id: key.data } : undefined
  }
  if (sort === 'activity') {
    const key = z.safeParse(activityKey, decodeCursor(cursor))
    return key.success ? { sort, at: key.data[0], id: key.data[1] } : undefined
  }
  const key = z.safeParse(outstandingKey, decodeCursor(cursor))
  return key.success
    ? { sort, currency: key.data[0], amount: key.data[1], id: key.data[2] }
    : undefined
}

/**
 * What the list of portals is asked with. A search is newest first; sorted by activity or by what is
 * outstanding, the list is of active portals unless archived ones are asked for.
 */
export const listPortalsInput = z.pipe(
  z.extend(pageInput, {
    /** Beginnings of words in the project, the client, and the contacts' names and addresses. */
    q: z.optional(
      z
        .string()
        .check(z.normalize('NFC'), z.trim(), z.maxLength(200, 'q is longer than 200 characters.')),
    ),
    status: z.optional(z.enum(['active', 'archived'], 'status is active or archived.')),
    sort: z._default(
      z.enum(['newest', 'activity', 'outstanding'], 'sort is newest, activity or outstanding.'),
      'newest',
    ),
    cursor: z.optional(z.string()),
  }),
  z.transform(({ limit, q, status, sort, cursor }, { issues }) => {
    const found = cursor === undefined ? undefined : after(sort, cursor)
    if (cursor !== undefined && found === undefined) {
      issues.push({ code: 'custom', message: wrongCursor, input: cursor, path: ['cursor'] })
    }
    const searched = q === '' ? undefined : q
    if (searched !== undefined && sort !== 'newest') {
      const message = 'A search is sorted newest first.'
      issues.push({ code: 'custom', message, input: sort, path: ['sort'] })
    }
    return { limit, q: searched, status, sort, after: found }
  }),
)
export type ListPortals = z.output<typeof listPortalsInput>
