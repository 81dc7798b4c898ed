import { createServer } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import * as z from 'zod/mini'
import { readIfThere, statePath, writePrivate } from './state.ts'

export const host = '127.0.0.1'

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

const remembered = z.object({
  mail: z.number(),
  control: z.number(),
  stripe: z._default(z.number(), 0),
})
export type Ports = z.infer<typeof remembered>

/** The local servers come back where they were, so that an open inbox tab still works. */
export async function lastPorts(): Promise<Ports> {
  const kept = await readIfThere(statePath.ports)
  return kept === null ? { mail: 0, control: 0, stripe: 0 } : remembered.parse(JSON.parse(kept))
}

export async function rememberPorts(ports: Ports): Promise<void> {
  await writePrivate(statePath.ports, JSON.stringify(ports) + '\n')
}

function bind(server: ServerType, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** The wanted port if it is free, else any that is. */
export function choosePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(choosePort(0))))
    probe.listen(wanted, host, () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

type Handler = (request: Request) => Response | Promise<Response>

/** Returns how to stop listening. */
export async function listen(handler: Handler, port: number): Promise<() => void> {
  const server = createAdaptorServer({ fetch: handler })
  await bind(server, port)
  return () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  }
}
