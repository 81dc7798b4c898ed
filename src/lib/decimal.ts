/**
 * A number without a sign, as digits and how many of them stand behind the point: '1.50' is 150 and 2.
 * Undefined for any other text: no sign, no exponent, no grouping, and a digit on each side of a point.
 */
export interface Decimal {
  digits: bigint
  places: number
}

export function parseDecimal(text: string): Decimal | undefined {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  return whole === undefined ? undefined : { digits: BigInt(whole + part), places: part.length }
}

/** The one way to write a number: '01.50' is '1.5', '20.0' is '20'. What is no number stays as it is. */
export function plainDecimal(text: string): string {
  const [, whole = '', part = ''] = /^0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === '') return text
  return part === '' ? whole : `${whole}.${part}`
}
