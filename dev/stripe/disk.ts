import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { writePrivate } from '../state.ts'
import type { Kind, Rows } from './rows.ts'
import { kinds, memoryStore } from './store.ts'
import type { Store } from './store.ts'

interface PutOf<K extends Kind> {
  account: string
  kind: K
  row: Rows[K]
}
type Put = { [K in Kind]: PutOf<K> }[Kind]
type Entry = Put | { account: string; kind: Kind; removed: string }

const put = <K extends Kind>(store: Store, { account, kind, row }: PutOf<K>) =>
  store.put(account, kind, row)

function apply(store: Store, line: string): void {
  const entry: Entry = JSON.parse(line)
  if ('removed' in entry) store.remove(entry.account, entry.kind, entry.removed)
  else put(store, entry)
}

const day = 24 * 60 * 60 * 1000

/** What nobody asks for any more: answers that can't be replayed, and deliveries of another day. */
const isOver = (kind: Kind, row: Rows[Kind], now: number) =>
  (kind === 'replay' || kind === 'delivery') && 'at' in row && now - row.at > day

function linesOf(store: Store, now: number): string {
  const lines = store.accounts().flatMap((account) =>
    kinds.flatMap((kind) =>
      store
        .list(account, kind)
        .filter((row) => !isOver(kind, row, now))
        .map((row) => JSON.stringify({ account, kind, row })),
    ),
  )
  return lines.map((line) => `${line}\n`).join('')
}

/**
 * A line of JSON for each row that is put, appended at once: links outlive a restart, and a killed
 * server has lost nothing it answered for. Opening it writes the file anew with what still counts.
 */
export async function diskStore(path: string): Promise<Store> {
  const store = memoryStore()
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  // The last line ends in a break, unless the machine stopped in the middle of it.
  for (const line of lines.slice(0, -1)) apply(store, line)
  await writePrivate(path, linesOf(store, Date.now()))
  const append = (entry: object) => appendFileSync(path, JSON.stringify(entry) + '\n')
  return {
    ...store,
    put(account, kind, row) {
      append({ account, kind, row })
      store.put(account, kind, row)
    },
    remove(account, kind, id) {
      append({ account, kind, removed: id })
      store.remove(account, kind, id)
    },
  }
}
