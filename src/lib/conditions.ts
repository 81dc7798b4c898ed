// What a request for stored bytes gets by its headers: RFC 9110, sections 13 and 14.

/** What is known of the bytes. */
export interface Stored {
  size: number
  /** Strong, with its quotes. */
  etag: string
  /** When they were stored (ms UTC); a header says it in whole seconds. */
  at: number
}

export interface Span {
  offset: number
  length: number
}

export type Verdict =
  | { kind: 'whole' }
  | { kind: 'part'; span: Span }
  /** The caller has these bytes: 304. */
  | { kind: 'same' }
  /** They are not the bytes that the caller means: 412. */
  | { kind: 'others' }
  /** Nothing of what was asked for exists: 416. */
  | { kind: 'beyond' }

/** The names of the conditions that can't be told without the bytes' ETag. */
const byTag = ['if-match', 'if-none-match', 'if-range']

export const needsTag = (headers: Headers): boolean => byTag.some((name) => headers.has(name))

const seconds = (instant: number): number => Math.floor(instant / 1000)

/** A date of a header in seconds; undefined for what is none, which then counts as not sent. */
function dateIn(headers: Headers, name: string): number | undefined {
  const date = Date.parse(headers.get(name) ?? '')
  return Number.isNaN(date) ? undefined : seconds(date)
}

/** `weakly` compares what is in the quotes alone. */
function names(list: string, etag: string, weakly: boolean): boolean {
  if (list.trim() === '*') return true
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => (weakly ? tag.replace(/^W\//, '') : tag) === etag)
}

/** Whether the caller means other bytes than these. */
function meansOthers(headers: Headers, { etag, at }: Stored): boolean {
  const match = headers.get('if-match')
  if (match !== null) return !names(match, etag, false)
  const since = dateIn(headers, 'if-unmodified-since')
  return since !== undefined && seconds(at) > since
}

function hasThem(headers: Headers, { etag, at }: Stored): boolean {
  const match = headers.get('if-none-match')
  if (match !== null) return names(match, etag, true)
  const since = dateIn(headers, 'if-modified-since')
  return since !== undefined && seconds(at) <= since
}

/** Whether a part may be sent: the caller has the rest of the very same bytes. */
function hasTheRest(headers: Headers, { etag, at }: Stored): boolean {
  const range = headers.get('if-range')
  if (range === null) return true
  if (range.includes('"')) return names(range, etag, false)
  return dateIn(headers, 'if-range') === seconds(at)
}

/**
 * One range of bytes, 'beyond' if it holds none, and undefined for what is none, or several: these
 * are answered with everything, as is allowed.
 */
export function rangeIn(header: string, size: number): Span | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header) ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'beyond' : { offset: size - length, length }
  }
  const offset = Number(first)
  if (last !== '' && Number(last) < offset) return undefined
  if (offset >= size) return 'beyond'
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  return { offset, length: end - offset }
}

/** The conditions in their order, and then the range; a HEAD has none. */
export function verdict(headers: Headers, method: string, stored: Stored): Verdict {
  if (meansOthers(headers, stored)) return { kind: 'others' }
  if (hasThem(headers, stored)) return { kind: 'same' }
  const range = headers.get('range')
  if (method !== 'GET' || range === null || !hasTheRest(headers, stored)) return { kind: 'whole' }
  const span = rangeIn(range, stored.size)
  if (span === undefined) return { kind: 'whole' }
  return span === 'beyond' ? { kind: 'beyond' } : { kind: 'part', span }
}
