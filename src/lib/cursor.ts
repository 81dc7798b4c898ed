/** Where a list goes on that isn't sorted by id: the sort key of the last item seen, and its id. */
export const encodeCursor = (parts: readonly (string | number)[]): string =>
  btoa(JSON.stringify(parts)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** Whatever somebody sent as a cursor, to be checked; undefined for what none of ours looks like. */
export function decodeCursor(text: string): unknown {
  if (!/^[\w-]{1,300}$/.test(text)) return undefined
  try {
    const parts: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
    return parts
  } catch {
    return undefined
  }
}
