import { KEY, SESSION } from './bounds.ts'

export interface Read {
  path: string
  trips: number
  /** Rows this may read for the rows it shows, at any size of the tables. */
  rows: number
  as: 'link' | 'member' | 'operator' | 'key' | 'nobody'
}

export const member = (path: string, most: number): Read => ({
  path,
  trips: 2,
  rows: most + SESSION,
  as: 'member',
})

export const key = (path: string, most: number): Read => ({
  path,
  trips: 2,
  rows: most + KEY,
  as: 'key',
})

/** By a client's link. */
export const byLink = (path: string, rows: number): Read => ({ path, trips: 1, rows, as: 'link' })

/** What is said without asking the database. */
export const none = (path: string): Read => ({ path, trips: 0, rows: 0, as: 'nobody' })
