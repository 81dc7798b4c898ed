import { encode } from 'uqr'
import { epcText, type Transfer } from './epc.ts'

export interface Run {
  from: number
  length: number
}

/** A code as rows of dark runs, `size` modules wide and high with its quiet zone. */
export interface Code {
  size: number
  rows: Run[][]
}

/**
 * The code that banking apps read, on paper and on a page: level M, at most version 13, as EPC069-12
 * wants it, with the quiet zone of four modules. Undefined where there can be none.
 */
export function epcCode(transfer: Transfer): Code | undefined {
  const text = epcText(transfer)
  if (text === undefined) return undefined
  const { data, size } = encode(text, { ecc: 'M', border: 4, maxVersion: 13 })
  return { size, rows: data.map(runs) }
}

function runs(cells: readonly boolean[]): Run[] {
  const found: Run[] = []
  for (const [at, dark] of cells.entries()) {
    const last = found.at(-1)
    if (!dark) continue
    if (last && last.from + last.length === at) last.length++
    else found.push({ from: at, length: 1 })
  }
  return found
}
