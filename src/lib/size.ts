const units = ['KB', 'MB', 'GB', 'TB'] as const

/**
 * '4.1 MB': bytes as people know them from their own computer's lists, in steps of 1024. Under ten
 * with one decimal, which is written with a full stop in every locale, beside an English unit.
 */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  let value = bytes
  let unit: string = 'bytes'
  for (const next of units) {
    // What would be written as 1024 of a unit is one of the next.
    if (Math.round(value) < 1024) break
    value /= 1024
    unit = next
  }
  const rounded = value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))
  return `${rounded} ${unit}`
}
