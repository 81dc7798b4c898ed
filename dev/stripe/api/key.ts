import { Refused } from '../errors.ts'

export interface Key {
  text: string
  account: string
  /** The resources it may not touch, or 'writes' for one that may only read. */
  lacks: string[]
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

function refused(message: string, code?: string): Refused {
  return new Refused(401, {
    type: 'invalid_request_error',
    message,
    ...(code !== undefined && { code }),
  })
}

/** All but the ends, as Stripe shows a key that it doesn't know. */
export function masked(key: string): string {
  const [, start = '', rest = ''] = /^((?:[a-z]+_){0,2})(.*)$/s.exec(key) ?? []
  return start + '*'.repeat(Math.max(rest.length - 4, 4)) + rest.slice(-4)
}

function fromHeader(authorization: string | undefined): string {
  const [scheme = '', value = ''] = authorization?.split(/\s+/) ?? []
  if (scheme.toLowerCase() === 'bearer') return value
  if (scheme.toLowerCase() !== 'basic') return ''
  try {
    return atob(value).split(':')[0] ?? ''
  } catch {
    return ''
  }
}

/**
 * Every well-formed test key opens an account: sk_test_X and rk_test_X the same one. A name's end says
 * what the key may not do: `_readonly` writes nothing, `_no_refunds` (or another resource) can't touch
 * that. https://docs.stripe.com/keys
 */
export async function keyFrom(authorization: string | undefined): Promise<Key> {
  const text = fromHeader(authorization)
  if (text === '') {
    throw refused(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://docs.stripe.com/api#authentication for details, or we can help at https://support.stripe.com/.",
    )
  }
  if (text.startsWith('pk_test_')) {
    throw refused(
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
      'secret_key_required',
    )
  }
  const [, name = ''] = /^(?:sk|rk)_test_([A-Za-z0-9_]{6,240})$/.exec(text) ?? []
  if (name === '') throw refused(`Invalid API Key provided: ${masked(text)}`)
  const [, owner = '', limits = ''] = /^(.*?)((?:_readonly|_no_[a-z_]+?)*)$/.exec(name) ?? []
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(owner))
  const lacks = [...limits.matchAll(/_readonly|_no_((?:(?!_no_|_readonly)[a-z_])+)/g)]
  return {
    text,
    account: `acct_1${hex(hash).slice(0, 15)}`,
    lacks: lacks.map(([, resource = 'writes']) => resource),
  }
}

/** https://docs.stripe.com/keys#limit-access */
export function permit(key: Key, method: string, path: string): void {
  const resource =
    path
      .split('/')
      .slice(2)
      .find((part) => !/_[A-Za-z0-9]{8,}$/.test(part)) ?? ''
  const writes = method !== 'GET'
  const name = resource === 'checkout' ? 'checkout_sessions' : resource
  if (!key.lacks.includes(name) && !(writes && key.lacks.includes('writes'))) return
  const right = `rak_${name.replace(/s$/, '')}_${writes ? 'write' : 'read'}`
  throw new Refused(403, {
    type: 'invalid_request_error',
    message: `The provided key '${masked(key.text)}' does not have the required permissions for this endpoint on account '${key.account}'. Having the '${right}' permission would allow this request to continue.`,
  })
}
