import { DUE_DAYS } from '../harness/invoice-crowd.ts'

/** Rows shown x (1 + tables joined per row) + 10, and what the session or key costs. */
export const rows = (shown: number, joined: number) => shown * (1 + joined) + 10

/** Session, user, and a membership with its organisation. */
export const SESSION = 6
export const KEY = 4
/** The organisation's activity with its portals' names, and fifty people and portals to choose from. */
export const ACTIVITY = rows(50, 1) + rows(50, 1) + rows(50, 0)
/** Money at a glance: due days, months, and five counts up to a hundred, one of them with its portals. */
export const GLANCE = DUE_DAYS + 12 + 5 * 100 + 100
/** A portal's four folders: each is stepped to once, and read out once. */
export const FOLDERS = rows(4, 1)
