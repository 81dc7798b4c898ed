/** The bank debits that are played here, and the one currency each is for. */
const debits = {
  us_bank_account: 'usd',
  sepa_debit: 'eur',
  bacs_debit: 'gbp',
} as const

export type Debit = keyof typeof debits
export type Method = 'card' | Debit

const names: Record<Method, string> = {
  card: 'Card',
  us_bank_account: 'US bank account',
  sepa_debit: 'SEPA direct debit',
  bacs_debit: 'Bacs direct debit',
}

export const nameOf = (method: Method): string => names[method]

export const currencyOf = (debit: Debit): string => debits[debit]

export function isMethod(value: string): value is Method {
  return Object.hasOwn(names, value)
}

function isDebit(value: string): value is Debit {
  return Object.hasOwn(debits, value)
}

/** Those a buyer may choose from: what the link names, else a card and the currency's debit. */
export function methodsFor(currency: string, named: readonly string[] | null): Method[] {
  if (named) return named.filter(isMethod)
  return [
    'card',
    ...Object.keys(debits)
      .filter(isDebit)
      .filter((debit) => debits[debit] === currency),
  ]
}

export const debitOf = (methods: readonly string[]): Debit | undefined => methods.find(isDebit)
