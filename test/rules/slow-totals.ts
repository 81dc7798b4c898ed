import type { Billed, Totals } from '../../src/features/invoices/totals.ts'

/** An exact fraction that is not negative. */
class Fraction {
  readonly over: bigint
  readonly under: bigint

  constructor(over: bigint, under = 1n) {
    this.over = over
    this.under = under
  }

  /** '12.5' as 125/10, digit by digit. */
  static of(text: string): Fraction {
    let over = 0n
    let under = 1n
    let behind = false
    for (const sign of text) {
      if (sign === '.') behind = true
      else {
        over = over * 10n + BigInt(sign)
        if (behind) under *= 10n
      }
    }
    return new Fraction(over, under)
  }

  plus = (other: Fraction) =>
    new Fraction(this.over * other.under + other.over * this.under, this.under * other.under)
  minus = (other: Fraction) =>
    new Fraction(this.over * other.under - other.over * this.under, this.under * other.under)
  by = (other: Fraction) => new Fraction(this.over * other.over, this.under * other.under)
  per = (other: Fraction) => new Fraction(this.over * other.under, this.under * other.over)
  isBelow = (other: Fraction) => this.over * other.under < other.over * this.under

  /** To a multiple of `step`: down first, and a step up again if half of one or more was lost. */
  round(step: bigint): Fraction {
    const down = new Fraction((this.over / this.under / step) * step)
    const lost = this.minus(down)
    return lost.isBelow(new Fraction(step, 2n)) ? down : down.plus(new Fraction(step))
  }

  whole(): number {
    if (this.over % this.under !== 0n) throw new Error('This should be a whole number by now.')
    return Number(this.over / this.under)
  }
}

const none = new Fraction(0n)
const hundred = new Fraction(100n)
const sum = (all: readonly Fraction[]) => all.reduce((one, other) => one.plus(other), none)

/** Hands a discount out step by step, each to whoever's exact share is missing most. */
function handOut(discount: Fraction, sums: readonly Fraction[], step: bigint): Fraction[] {
  const all = sum(sums)
  if (all.over === 0n) return sums.map(() => none)
  const due = sums.map((each) => discount.by(each).per(all))
  const given = sums.map(() => none)
  for (let left = discount; left.over > 0n; left = left.minus(new Fraction(step))) {
    let neediest = 0
    for (const index of sums.keys()) {
      const missing = due[index]!.minus(given[index]!)
      if (due[neediest]!.minus(given[neediest]!).isBelow(missing)) neediest = index
    }
    given[neediest] = given[neediest]!.plus(new Fraction(step))
  }
  return given
}

/** What an invoice comes to, reckoned anew: by exact fractions, and as slowly as DESIGN's words read. */
export function slowTotals(billed: Billed, step: bigint): Totals {
  const lines = billed.lines.map(({ quantity, unitAmount, taxRate }) => ({
    taxRate,
    amount: Fraction.of(quantity)
      .by(new Fraction(BigInt(unitAmount)))
      .round(step),
  }))
  const subtotal = sum(lines.map(({ amount }) => amount))
  const wanted =
    billed.discountPercent === null
      ? new Fraction(BigInt(billed.discountAmount ?? 0))
      : subtotal.by(Fraction.of(billed.discountPercent)).per(hundred).round(step)
  const discount = subtotal.isBelow(wanted) ? subtotal : wanted

  const rates = [...new Set(lines.map(({ taxRate }) => taxRate))].sort((one, other) => {
    if (one === null || other === null) return one === null ? 1 : -1
    return Fraction.of(other).isBelow(Fraction.of(one)) ? -1 : 1
  })
  const at = (rate: string | null) =>
    sum(lines.filter(({ taxRate }) => taxRate === rate).map(({ amount }) => amount))
  const shares = handOut(discount, rates.map(at), step)
  const taxes = rates.flatMap((rate, index) => {
    if (rate === null) return []
    const amount = at(rate).minus(shares[index]!)
    const per = billed.prices === 'net' ? hundred : hundred.plus(Fraction.of(rate))
    const tax = amount.by(Fraction.of(rate)).per(per).round(step)
    const base = billed.prices === 'net' ? amount : amount.minus(tax)
    return [{ rate, base: base.whole(), tax: tax.whole() }]
  })
  const tax = taxes.reduce((all, each) => all + each.tax, 0)
  const less = subtotal.minus(discount).whole()
  return {
    amounts: lines.map(({ amount }) => amount.whole()),
    subtotal: subtotal.whole(),
    discount: discount.whole(),
    tax,
    taxes,
    total: billed.prices === 'net' ? less + tax : less,
  }
}
