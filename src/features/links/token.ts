import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { mustChange, type Statement } from '../../db/batch.ts'
import { link, linkToken } from '../../db/schema/links.ts'
import type { Settings } from '../../env.ts'
import { sha256 } from '../../lib/hash.ts'
import { hmacSha256 } from '../../lib/hmac.ts'
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

/**
 * The current token. When the key it came from is no longer set, the link steps to the current key
 * and the hash of the token that people already hold lives on.
 */
export async function tokenToSend(
  ctx: Ctx,
  facts: TokenFacts,
): Promise<{ token: string; before: Statement[] }> {
  const token = await livingToken(ctx, facts)
  if (token !== undefined) return { token, before: [] }
  const version = facts.version + 1
  const fresh = await freshToken(ctx.settings, { id: facts.id, version })
  return {
    token: fresh.token,
    before: [
      ctx.db
        .update(link)
        .set({ version, key: fresh.key })
        .where(sql`${link.id} = ${facts.id} and ${link.version} = ${facts.version}`),
      mustChange,
      ctx.db.insert(linkToken).values({ hash: fresh.hash, linkId: facts.id, createdAt: ctx.now }),
    ],
  }
}
