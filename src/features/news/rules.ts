/** How long (ms) news waits for more of it before it is mailed. */
export const NEWS_WAITS = 5 * 60_000

/** What one mail tells. */
export interface Told {
  /** Who wrote each message, or no more than so many of them. */
  messages: { authors: readonly string[]; more: boolean }
  /** The files by name with who sent each, and how many further ones there are. */
  files: { sent: readonly { name: string; by: string }[]; more: number }
  /** What is waited for, by title. */
  requests: readonly string[]
}

const list = new Intl.ListFormat('en', { type: 'conjunction' })

const one = <T>(items: readonly T[], more: number | boolean = 0): T | undefined =>
  items.length === 1 && !more ? items[0] : undefined

/** '2 new messages and 3 files'. */
function counted({ messages, files, requests }: Told): string {
  const { authors, more } = messages
  const sent = files.sent.length + files.more
  const words = [
    authors.length === 1 && !more ? 'a new message' : undefined,
    authors.length > 1 || more ? `${authors.length}${more ? '+' : ''} new messages` : undefined,
    sent > 0 ? (sent === 1 ? 'a file' : `${sent} files`) : undefined,
    requests.length === 1 ? 'a file you are asked for' : undefined,
    requests.length > 1 ? `${requests.length} files you are asked for` : undefined,
  ].filter((part) => part !== undefined)
  return list.format(words)
}

const kinds = ({ messages, files, requests }: Told): number =>
  [messages.authors.length, files.sent.length, requests.length].filter((count) => count > 0).length

/** What a client reads in their inbox: 'Website relaunch: Maya Ortiz sent homepage.pdf'. */
export function subjectForClient(told: Told, portal: { project: string; team: string }): string {
  const { project, team } = portal
  const { messages, files, requests } = told
  if (kinds(told) > 1) return `${project}: ${counted(told)}`
  if (requests.length > 0) {
    return `${team} is waiting for: ${one(requests) ?? `${requests.length} files`}`
  }
  const file = one(files.sent, files.more)
  if (file) return `${project}: ${file.by} sent ${file.name}`
  if (files.sent.length > 0) return `${project}: ${counted(told)}`
  const author = one(messages.authors, messages.more)
  return `${project}: ${author === undefined ? 'new messages' : `a message from ${author}`}`
}

/** What somebody of the team reads: 'Jane Cooper sent logo.svg', in a project of many. */
export function subjectForTeam(told: Told, { project }: { project: string }): string {
  const { messages, files } = told
  if (kinds(told) > 1) return `${project}: ${counted(told)}`
  const file = one(files.sent, files.more)
  if (file) return `${project}: ${file.by} sent ${file.name}`
  const [first] = files.sent
  if (first) {
    const alone = files.more === 0 && files.sent.every(({ by }) => by === first.by)
    const count = files.sent.length + files.more
    return alone ? `${project}: ${first.by} sent ${count} files` : `${project}: ${counted(told)}`
  }
  return `${messages.authors[0] ?? 'Somebody'} wrote about ${project}`
}
