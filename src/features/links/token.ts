import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { linkToken } from '../../db/schema/links.ts'
import type { Settings } from '../../env.ts'
import { hmacSha256, sha256 } from '../../lib/hash.ts'
import { tokenText } from './rules.ts'

interface TokenFacts {
  id: string
  key: string
  version: number
}

/**
 * The link's current token; undefined when the key it came from is no longer set, or is set to
 * another secret, so that the token would open nothing.
 */
export async function livingToken(ctx: Ctx, link: TokenFacts): Promise<string | undefined> {
  const key = ctx.settings.linkKeys.find(({ id }) => id === link.key)
  if (!key) return undefined
  const token = await hmacSha256(key.secret, tokenText(link))
  const [living] = await ctx.db
    .select({ hash: linkToken.hash })
    .from(linkToken)
    .where(
      and(
        eq(linkToken.hash, await sha256(token)),
        eq(linkToken.linkId, link.id),
        isNull(linkToken.replacedAt),
      ),
    )
  return living && token
}

export interface FreshToken {
  key: string
  token: string
  hash: string
}

/** The token of a version under the current key. */
export async function freshToken(
  settings: Settings,
  link: { id: string; version: number },
): Promise<FreshToken> {
  const [key] = settings.linkKeys
  const token = await hmacSha256(key.secret, tokenText({ ...link, key: key.id }))
  return { key: key.id, token, hash: await sha256(token) }
}
