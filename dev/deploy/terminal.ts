import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Ask } from './tools.ts'

/** Asks at the terminal. What is typed to a secret question is not shown. */
export const askAtTerminal: Ask = async (question, { secret = false } = {}) => {
  let silent = false
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      if (!silent) process.stdout.write(chunk)
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  // Ctrl-C while a question stands ends it all, and not the question alone.
  terminal.once('SIGINT', () => process.exit(130))
  try {
    const answer = terminal.question(`\n${question}\n> `)
    silent = secret
    return await answer
  } finally {
    silent = false
    terminal.close()
    if (secret) process.stdout.write('\n')
  }
}
