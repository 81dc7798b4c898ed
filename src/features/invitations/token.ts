import type { Ctx } from '../../ctx.ts'
import type { Settings } from '../../env.ts'
import { hmacSha256, isHmacSha256 } from '../../lib/hmac.ts'
import { isOperator } from '../operator/rules.ts'
import { invitationToJoin, type Joining } from './queries.ts'
import { tokenParts, tokenText } from './rules.ts'

/** Derived when the mail is sent, and kept nowhere. */
export const invitationToken = async (
  settings: Settings,
  invitation: { id: string; email: string },
): Promise<string> =>
  `${invitation.id}.${await hmacSha256(settings.authSecret, tokenText(invitation))}`

/**
 * The invitation that a token opens, as long as it stands; one without the right form is not looked
 * for. The operator's address opens more than any organisation, so it counts as belonging to one.
 */
export async function invitationByToken(ctx: Ctx, token: string): Promise<Joining | undefined> {
  const parts = tokenParts(token)
  const found = parts && (await invitationToJoin(ctx.db, parts.id))
  if (!found || found.expiresAt <= ctx.now) return undefined
  if (!(await isHmacSha256(ctx.settings.authSecret, tokenText(found), parts.mac))) return undefined
  return { ...found, belongs: found.belongs || isOperator(found.email, ctx.settings) }
}
