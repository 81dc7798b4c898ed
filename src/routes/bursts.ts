import type { Env } from '../env.ts'

/** Seconds that a caller is asked to wait: the period of the rate-limit bindings. */
export const BURST_PERIOD = '60'

/** Sheds bursts from one address, per location. What may cause a mail is limited in D1 besides. */
export async function tooFast(request: Request, env: Env): Promise<boolean> {
  const address = request.headers.get('cf-connecting-ip') ?? 'unknown'
  const { success } = await env.BURSTS_BY_ADDRESS.limit({ key: address })
  return !success
}
