export type Cell = string | number | null

/** What a spreadsheet would take for a formula, in signs of any width. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // The apostrophe makes it text, whoever wrote it.
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180, safe to open in a spreadsheet. */
export const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

/** Before what a person downloads: without it Excel takes UTF-8 for letters of its own. */
export const BYTE_ORDER_MARK = '\u{feff}'
