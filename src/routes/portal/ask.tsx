import type { Context } from 'hono'
import { isToken } from '../../features/links/rules.ts'
import { askForLink } from '../../features/links/visitor.ts'
import { sha256 } from '../../lib/hash.ts'
import { tooFast } from '../bursts.ts'
import type { Base } from '../http.ts'
import { tooFastAnswer } from '../problems.tsx'
import { DeadLink } from './dead-link.tsx'

/** Open to dead links: it is what they are for. The answer waits for nothing that it could tell. */
export async function askByForm(c: Context<Base>): Promise<Response> {
  const token = c.req.param('token') ?? ''
  if (await tooFast(c.req.raw, c.env)) return tooFastAnswer(c)
  if (isToken(token)) {
    const ctx = c.get('ctx')
    c.set(
      'unseen',
      sha256(token).then((hash) => askForLink(ctx, hash)),
    )
  }
  return c.html(<DeadLink token={token} asked />)
}
