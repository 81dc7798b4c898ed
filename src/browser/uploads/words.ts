const units = ['bytes', 'KB', 'MB', 'GB', 'TB']

/** The unit that a size is written in, by the steps of the server's own words. */
function unitOf(size: number): { name: string; of: number } {
  let power = 0
  while (power < units.length - 1 && Math.round(size / 1024 ** power) >= 1024) power++
  return { name: units[power] ?? '', of: 1024 ** power }
}

const number = (value: number, whole: boolean): string =>
  whole || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '')

/** '900 MB' */
export function sizeWords(size: number): string {
  const { name, of } = unitOf(size)
  return size === 1 ? '1 byte' : `${number(size / of, of === 1)} ${name}`
}

/** '412 of 900 MB' */
export function shareWords(sent: number, size: number): string {
  const { of } = unitOf(size)
  // Never all of it before it is there.
  const part = sent < size ? Math.floor((sent / of) * 10) / 10 : sent / of
  return `${number(part, of === 1)} of ${sizeWords(size)}`
}

/** '1 min left': as rough as it is uncertain, so that it doesn't flicker. */
export function leftWords(seconds: number): string {
  if (seconds < 8) return 'a few seconds left'
  if (seconds < 55) return `${Math.ceil(seconds / 10) * 10} s left`
  const minutes = Math.ceil(seconds / 60 - 0.1)
  if (minutes < 90) return `${minutes} min left`
  return `${Math.round(seconds / 3600)} h left`
}

/** '3 files' */
export const countWords = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`

/** A name as it may be shown: what turns text round is a question mark in it, not at work. */
export const nameWords = (name: string): string =>
  name.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
