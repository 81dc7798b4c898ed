import { env } from 'cloudflare:workers'
import { paths } from '../../src/paths.ts'
import { key, newPortal, world } from './studio-scene.ts'

export interface Send {
  path: string
  /** The call's Idempotency-Key. */
  once?: string | undefined
  body?: unknown
  as?: string
  headers?: Record<string, string> | undefined
}

/** A POST as a program sends it. */
export const send = ({ path, once, body, as = key, headers }: Send): Promise<Response> =>
  world.request(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      ...(once === undefined ? {} : { 'idempotency-key': once }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

export const openPortal = (once?: string, more: { body?: object; as?: string } = {}) =>
  send({ path: paths.api.portals, once, body: newPortal, ...more })

export const count = async (table: string): Promise<number> =>
  (await env.DB.prepare(`select count(*) as n from ${table}`).first<number>('n')) ?? 0
