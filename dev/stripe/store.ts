import type { Kind, Rows } from './rows.ts'

/** What each account has, by kind and id. A row is never changed in place, but put anew. */
export interface Store {
  accounts(): string[]
  get<K extends Kind>(account: string, kind: K, id: string): Rows[K] | undefined
  /** Oldest first; a row that is put anew stays where it was. */
  list<K extends Kind>(account: string, kind: K): Rows[K][]
  put<K extends Kind>(account: string, kind: K, row: Rows[K]): void
  remove(account: string, kind: Kind, id: string): void
}

type Tables = { [K in Kind]: Map<string, Rows[K]> }

function isKind(name: string): name is Kind {
  return Object.hasOwn(tables(), name)
}

function tables(): Tables {
  return {
    account: new Map(),
    product: new Map(),
    price: new Map(),
    payment_link: new Map(),
    'checkout.session': new Map(),
    payment_intent: new Map(),
    charge: new Map(),
    refund: new Map(),
    dispute: new Map(),
    balance_transaction: new Map(),
    webhook_endpoint: new Map(),
    event: new Map(),
    basket: new Map(),
    secret: new Map(),
    replay: new Map(),
    delivery: new Map(),
    switch: new Map(),
  }
}

export const kinds: readonly Kind[] = Object.keys(tables()).filter(isKind)

export function memoryStore(): Store {
  const accounts = new Map<string, Tables>()
  const of = (account: string): Tables => {
    const found = accounts.get(account) ?? tables()
    accounts.set(account, found)
    return found
  }
  return {
    accounts: () => [...accounts.keys()],
    get: (account, kind, id) => accounts.get(account)?.[kind].get(id),
    list: (account, kind) => [...(accounts.get(account)?.[kind].values() ?? [])],
    put: (account, kind, row) => void of(account)[kind].set(row.id, row),
    remove: (account, kind, id) => void accounts.get(account)?.[kind].delete(id),
  }
}
