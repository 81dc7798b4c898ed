import type { Env } from '../env.ts'
import { networkOf } from '../lib/network.ts'
import { Recent } from '../lib/recent.ts'

// Who comes too fast is decided here, by Cloudflare's rate-limit bindings, which count per location
// and cost no read. What may cause a mail is limited in D1 besides.

/** Seconds that a caller is asked to wait: the period of the rate-limit bindings. */
export const BURST_PERIOD = '60'

const network = (request: Request) =>
  networkOf(request.headers.get('cf-connecting-ip') ?? 'unknown')

async function over(limit: RateLimit, key: string): Promise<boolean> {
  const { success } = await limit.limit({ key })
  return !success
}

/** Sheds bursts of what a stranger may cause, from one network. */
export const tooFast = (request: Request, env: Env): Promise<boolean> =>
  over(env.BURSTS_BY_ADDRESS, network(request))

/** A credential by what it opens and its SHA-256: known before anything is read. */
export interface Credential {
  kind: 'key' | 'session' | 'link'
  hash: string
}

/** Sheds bursts of one key, session or link. */
export const callerTooFast = ({ kind, hash }: Credential, env: Env): Promise<boolean> =>
  over(env.BURSTS_BY_CALLER, `${kind}:${hash}`)

/** Sheds what comes with many links from one network; roomy enough for an office behind one address. */
export const networkTooFast = (request: Request, env: Env): Promise<boolean> =>
  over(env.BURSTS_BY_CALLER, `network:${network(request)}`)

const PERIOD = Number(BURST_PERIOD) * 1000
const FAMILIAR = 60 * 60_000

// What an isolate remembers: networks that tried too many wrong credentials, and credentials that
// were right here within the hour. Neither lets anybody in: a credential is looked up every time.
const guessing = new Recent()
const familiar = new Recent()

const doorOf = (request: Request, { kind }: Credential) => `${kind}:${network(request)}`

/**
 * Whether this may not even be looked up: its network is guessing, and it wasn't right here lately.
 * Whoever works behind the same address with a credential of their own goes on undisturbed.
 */
export const turnedAway = (request: Request, credential: Credential, now: number): boolean =>
  guessing.has(doorOf(request, credential), now) && !familiar.has(credential.hash, now)

export function wasRight({ hash }: Credential, now: number): void {
  familiar.keep(hash, now + FAMILIAR)
}

/** Counts a wrong credential; true once its network has tried too many. Sessions are signed: no guess gets here. */
export async function wasWrong(
  request: Request,
  env: Env,
  credential: Credential,
  now: number,
): Promise<boolean> {
  if (credential.kind === 'session') return false
  const door = doorOf(request, credential)
  if (!(await over(env.FAILURES_BY_NETWORK, door))) return false
  guessing.keep(door, now + PERIOD)
  return true
}
