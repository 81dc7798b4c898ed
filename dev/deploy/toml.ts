// wrangler.toml is read and written a line at a time, so that its comments stay where they are.

/** The lines of a table, without its header; '' is what stands before the first. */
function linesOf(lines: readonly string[], table: string): [from: number, to: number] {
  const isHeader = (line: string) => /^\s*\[/.test(line)
  const header = lines.findIndex((line) => line.trim() === table)
  if (table !== '' && header === -1) return [-1, -1]
  const from = table === '' ? 0 : header + 1
  const next = lines.findIndex((line, index) => index >= from && isHeader(line))
  return [from, next === -1 ? lines.length : next]
}

const assignment = (key: string) => new RegExp(`^(\\s*${key}\\s*=\\s*)(["'])(.*?)\\2(.*)$`)

/** The text that a key holds, or undefined. Tables are named with their brackets, as in '[vars]'. */
export function valueOf(toml: string, table: string, key: string): string | undefined {
  const lines = toml.split('\n')
  const [from, to] = linesOf(lines, table)
  for (const line of lines.slice(Math.max(0, from), Math.max(0, to))) {
    const found = assignment(key).exec(line)
    if (found) return found[3]
  }
  return undefined
}

/** The names in a list of texts. */
export function listOf(toml: string, table: string, key: string): string[] {
  const lines = toml.split('\n')
  const [from, to] = linesOf(lines, table)
  const body = lines.slice(Math.max(0, from), Math.max(0, to)).join('\n')
  const list = new RegExp(`^\\s*${key}\\s*=\\s*\\[([^\\]]*)\\]`, 'm').exec(body)?.[1] ?? ''
  return [...list.matchAll(/["']([^"']+)["']/g)].flatMap(([, name]) => name ?? [])
}

export const hasKey = (toml: string, key: string): boolean =>
  new RegExp(`^\\s*(?:\\[+\\s*)?${key}\\s*(?:=|\\])`, 'm').test(toml)

/** The same file with another value; a key that is not there yet goes behind the table's last one. */
export function withValue(toml: string, table: string, key: string, value: string): string {
  if (/["\\\n]/.test(value)) throw new Error(`${key} can't be written into wrangler.toml.`)
  const lines = toml.split('\n')
  const [from, to] = linesOf(lines, table)
  if (from === -1) throw new Error(`wrangler.toml has no ${table}.`)
  for (let index = from; index < to; index++) {
    const found = assignment(key).exec(lines[index] ?? '')
    if (!found) continue
    lines[index] = `${found[1]}"${value}"${found[4]}`
    return lines.join('\n')
  }
  const last = lines.findLastIndex(
    (line, index) => index >= from && index < to && /^\s*[\w-]+\s*=/.test(line),
  )
  lines.splice(last === -1 ? from : last + 1, 0, `${key} = "${value}"`)
  return lines.join('\n')
}
