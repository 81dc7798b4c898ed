import type { Transfer } from './transfer.ts'

/** Sent at the same time; the others wait for their turn. */
const AT_ONCE = 2

const running = new Set<Transfer>()
const waiting: Transfer[] = []
const idleListeners = new Set<() => void>()

function next(): void {
  while (running.size < AT_ONCE) {
    const transfer = waiting.shift()
    if (!transfer) break
    void run(transfer)
  }
  if (running.size > 0) return
  removeEventListener('beforeunload', warn)
  for (const listener of idleListeners) listener()
}

async function run(transfer: Transfer): Promise<void> {
  running.add(transfer)
  await transfer.run()
  running.delete(transfer)
  next()
}

/** The browser asks before it leaves what is on its way. */
const warn = (event: Event): void => event.preventDefault()

/** Lets a file go on its way, when there is room. */
export function enqueue(transfer: Transfer): void {
  waiting.push(transfer)
  addEventListener('beforeunload', warn)
  next()
}

/** Takes back one that waits for its turn. */
export function dequeue(transfer: Transfer): void {
  const index = waiting.indexOf(transfer)
  if (index >= 0) waiting.splice(index, 1)
  next()
}

/** Calls this each time nothing is on its way any more, on all of the page. */
export function whenIdle(listener: () => void): void {
  idleListeners.add(listener)
}
