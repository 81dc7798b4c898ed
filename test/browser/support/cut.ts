import { Agent } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'

export interface Line {
  /** Leads every connection over the line. */
  agent: Agent
  /** How often it was cut. */
  cuts: () => number
  close: () => Promise<void>
}

/** A line to the product that is cut each time so many more bytes have gone up. */
export async function cutLine({ port, hostname }: URL, after: readonly number[]): Promise<Line> {
  const left = [...after]
  const open = new Set<Socket>()
  let sent = 0
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined).on('close', () => open.delete(socket))
    }
    near.on('data', (bytes) => {
      sent += bytes.length
      if (sent < (left[0] ?? Infinity)) return
      left.shift()
      cuts++
      for (const socket of open) socket.resetAndDestroy()
    })
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const here = address !== null && typeof address === 'object' ? address.port : 0
  const agent = new Agent({ keepAlive: true })
  agent.createConnection = () => connect(here, '127.0.0.1')
  return {
    agent,
    cuts: () => cuts,
    close: async () => {
      agent.destroy()
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
