import type { Message, SentEvent } from './message.ts'

export interface MailStore {
  /** Newest first. */
  list(): Message[]
  get(id: string): Message | undefined
  add(message: Message): void
  addEvent(id: string, event: SentEvent): void
}

export function memoryStore(initial: Message[] = []): MailStore {
  const messages = [...initial]
  const get = (id: string) => messages.find((message) => message.id === id)
  return {
    get,
    list: () => messages.toReversed(),
    add(message) {
      messages.push(message)
    },
    addEvent(id, event) {
      get(id)?.events.push(event)
    },
  }
}
