import type { Env } from '../env.ts'
import { networkOf } from '../lib/network.ts'

/** Seconds that a caller is asked to wait: the period of the rate-limit bindings. */
export const BURST_PERIOD = '60'

/** Sheds bursts from one network, per location. What may cause a mail is limited in D1 besides. */
export async function tooFast(request: Request, env: Env): Promise<boolean> {
  const key = networkOf(request.headers.get('cf-connecting-ip') ?? 'unknown')
  const { success } = await env.BURSTS_BY_ADDRESS.limit({ key })
  return !success
}
