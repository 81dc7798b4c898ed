import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { writePrivate } from '../state.ts'
import type { Message, SentEvent } from './message.ts'
import { memoryStore } from './store.ts'
import type { MailStore } from './store.ts'

type Entry = { message: Message } | { id: string; event: SentEvent }

const kept = 1000

function read(path: string): Message[] {
  const messages = new Map<string, Message>()
  if (!existsSync(path)) return []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue
    const entry: Entry = JSON.parse(line)
    if ('message' in entry) messages.set(entry.message.id, entry.message)
    else messages.get(entry.id)?.events.push(entry.event)
  }
  return [...messages.values()].slice(-kept)
}

/** One line of JSON per mail or event, appended at once: a killed server has lost nothing it accepted. */
export async function diskStore(path: string): Promise<MailStore> {
  const messages = read(path)
  const store = memoryStore(messages)
  await writePrivate(path, messages.map((message) => JSON.stringify({ message }) + '\n').join(''))
  const append = (entry: Entry) => appendFileSync(path, JSON.stringify(entry) + '\n')
  return {
    ...store,
    add(message) {
      append({ message })
      store.add(message)
    },
    addEvent(id, event) {
      append({ id, event })
      store.addEvent(id, event)
    },
  }
}
