import { expect, it } from 'vitest'
import { seal, unseal, type SealKeys } from '../../src/lib/seal.ts'

const first = { id: 'k1', secret: 'a'.repeat(64) }
const second = { id: 'k2', secret: 'b'.repeat(64) }
const keys: SealKeys = [first]
const text = 'rk_test_Żółć-0123456789'
const place = 'organization-1|stripe.key'

it('opens where it was sealed, and looks different every time', async () => {
  const one = await seal(keys, place, text)
  expect(await unseal(keys, place, one)).toBe(text)
  const many = await Promise.all(Array.from({ length: 100 }, () => seal(keys, place, text)))
  expect(new Set([one, ...many]).size).toBe(101)
  expect(one).not.toContain('rk_test')
  expect(atob(one.split('.')[2] ?? '')).not.toContain('rk_test')
})

it('opens in no other row and no other field', async () => {
  const sealed = await seal(keys, place, text)
  for (const elsewhere of ['organization-2|stripe.key', 'organization-1|stripe.secret', '', '|']) {
    expect(await unseal(keys, elsewhere, sealed)).toBeUndefined()
  }
})

it('opens under an older key, and no longer when that is gone', async () => {
  const sealed = await seal(keys, place, text)
  const rotated: SealKeys = [second, first]
  expect(await unseal(rotated, place, sealed)).toBe(text)
  const anew = await seal(rotated, place, text)
  expect(anew.startsWith('s1.k2.')).toBe(true)
  expect(await unseal([second], place, anew)).toBe(text)
  expect(await unseal([second], place, sealed)).toBeUndefined()
})

it('opens under no other secret, whatever it is called, and under no other name', async () => {
  const sealed = await seal(keys, place, text)
  expect(await unseal([{ ...second, id: 'k1' }], place, sealed)).toBeUndefined()
  const renamed = sealed.replace('s1.k1.', 's1.k2.')
  expect(await unseal([{ ...first, id: 'k2' }, first], place, renamed)).toBeUndefined()
})

it('opens nothing of which one bit was changed, or a piece is missing', async () => {
  const sealed = await seal(keys, place, text)
  const [version = '', id = '', body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64')
  const again = (changed: Uint8Array) =>
    `${version}.${id}.${Buffer.from(changed).toString('base64')}`
  expect(await unseal(keys, place, again(bytes))).toBe(text)
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    expect(await unseal(keys, place, again(changed))).toBeUndefined()
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(await unseal(keys, place, again(bytes.subarray(0, length)))).toBeUndefined()
  }
  for (const text of [
    '',
    '.',
    '..',
    's1',
    's1.k1',
    's1.k1.',
    's1.k1.%%%',
    `${sealed}.x`,
    `s2.k1.${body}`,
  ]) {
    expect(await unseal(keys, place, text)).toBeUndefined()
  }
})
