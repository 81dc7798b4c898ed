import type { Settings } from '../../env.ts'
import { hmacSha256, sha256 } from '../../lib/hash.ts'
import { tokenText } from './rules.ts'

/** The link's current token; undefined when the key it came from is no longer set. */
export async function tokenOf(
  settings: Settings,
  link: { id: string; key: string; version: number },
): Promise<string | undefined> {
  const key = settings.linkKeys.find(({ id }) => id === link.key)
  return key && hmacSha256(key.secret, tokenText(link))
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
