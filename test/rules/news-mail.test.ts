import { describe, expect, it } from 'vitest'
import { subjectForClient, subjectForTeam, type Told } from '../../src/features/news/rules.ts'

const told = (over: Partial<Told> = {}): Told => ({
  messages: { authors: [], more: false },
  files: { sent: [], more: 0 },
  requests: [],
  ...over,
})
const files = (...names: string[]) => ({
  sent: names.map((name) => ({ name, by: 'Jane Cooper' })),
  more: 0,
})
const messages = (count: number, more = false) => ({
  authors: Array.from({ length: count }, () => 'Maya Ortiz'),
  more,
})

describe('the subject for a client', () => {
  const subject = (over: Partial<Told>) =>
    subjectForClient(told(over), { project: 'Website', team: 'Northwind' })

  it.each([
    [{ requests: ['Logo, vector format'] }, 'Northwind is waiting for: Logo, vector format'],
    [{ requests: ['Logo', 'Menu'] }, 'Northwind is waiting for: 2 files'],
    [{ files: files('home.pdf') }, 'Website: Jane Cooper sent home.pdf'],
    [{ files: files('home.pdf', 'menu.pdf') }, 'Website: 2 files'],
    [{ files: { ...files('home.pdf'), more: 3 } }, 'Website: 4 files'],
    [{ messages: messages(1) }, 'Website: a message from Maya Ortiz'],
    [{ messages: messages(3) }, 'Website: new messages'],
    [{ messages: messages(2), files: files('a', 'b', 'c') }, 'Website: 2 new messages and 3 files'],
    [
      { messages: messages(5, true), files: files('a'), requests: ['Logo'] },
      'Website: 5+ new messages, a file, and a file you are asked for',
    ],
  ])('%o', (over, words) => {
    expect(subject(over)).toBe(words)
  })
})

describe('the subject for the team', () => {
  const subject = (over: Partial<Told>) => subjectForTeam(told(over), { project: 'Website' })

  it.each([
    [{ files: files('logo.svg') }, 'Website: Jane Cooper sent logo.svg'],
    [{ files: files('logo.svg', 'logo.eps') }, 'Website: Jane Cooper sent 2 files'],
    [{ files: { ...files('logo.svg', 'logo.eps'), more: 2 } }, 'Website: 4 files'],
    [{ messages: messages(2) }, 'Maya Ortiz wrote about Website'],
    [{ messages: messages(1), files: files('a') }, 'Website: a new message and a file'],
  ])('%o', (over, words) => {
    expect(subject(over)).toBe(words)
  })
})
