import type { Surroundings } from './books.ts'
import type { Kind, Rows, StoredEvent } from './rows.ts'
import { memoryStore } from './store.ts'
import type { Store } from './store.ts'

interface Drafted {
  around: Surroundings
  commit: () => void
}

/** What one call writes and tells, kept apart until it has succeeded: a refused one leaves nothing. */
export function draft(around: Surroundings): Drafted {
  const { store } = around
  const written = memoryStore()
  const removed = new Set<string>()
  const commits: (() => void)[] = []
  const name = (account: string, kind: Kind, id: string) => `${account} ${kind} ${id}`

  function get<K extends Kind>(account: string, kind: K, id: string): Rows[K] | undefined {
    if (removed.has(name(account, kind, id))) return undefined
    return written.get(account, kind, id) ?? store.get(account, kind, id)
  }

  const overlay: Store = {
    accounts: () => store.accounts(),
    get,
    list(account, kind) {
      const kept = store.list(account, kind).flatMap(({ id }) => get(account, kind, id) ?? [])
      const added = written
        .list(account, kind)
        .filter(({ id }) => store.get(account, kind, id) === undefined)
      return [...kept, ...added]
    },
    put(account, kind, row) {
      written.put(account, kind, row)
      commits.push(() => store.put(account, kind, row))
    },
    remove(account, kind, id) {
      removed.add(name(account, kind, id))
      commits.push(() => store.remove(account, kind, id))
    },
  }
  return {
    around: {
      ...around,
      store: overlay,
      deliver(account: string, event: StoredEvent) {
        commits.push(() => around.deliver(account, event))
      },
    },
    commit() {
      for (const each of commits) each()
    },
  }
}
