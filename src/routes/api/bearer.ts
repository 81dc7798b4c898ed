import { isKey } from '../../features/keys/rules.ts'

/** The key in the header; undefined for what can't be one. */
export function bearer(authorization: string): string | undefined {
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  return isKey(key) ? key : undefined
}
