import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { isSignedBy } from '../../src/platform/signature.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const encoder = new TextEncoder()

const signed = (text: string, timestamp: string) => ({
  body: encoder.encode(text).buffer,
  timestamp,
  signature: sign('sha256', Buffer.from(timestamp + text), privateKey).toString('base64'),
})

it('accepts what another implementation signed, whatever the length of its integers', async () => {
  for (let n = 0; n < 300; n++) {
    expect(await isSignedBy([key], signed(`body ${n}`, '1700000000'))).toBe(true)
  }
})

it('accepts the second of two keys, and skips one that is no key text', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  const otherKey = other.export({ type: 'spki', format: 'der' }).toString('base64')
  const content = signed('x', '1')
  expect(await isSignedBy([otherKey], content)).toBe(false)
  expect(await isSignedBy([otherKey, key], content)).toBe(true)
  expect(await isSignedBy(['%%%', key], content)).toBe(true)
})

it('refuses signatures that are not the DER of two integers', async () => {
  const { body, timestamp, signature } = signed('x', '1')
  const der = Buffer.from(signature, 'base64')
  const attempts = [
    Buffer.alloc(0),
    Buffer.alloc(200),
    der.subarray(0, -1),
    Buffer.concat([der, Buffer.from([0])]),
    Buffer.from([0x30, 6, 2, 1, 0, 2, 1, 0]),
    Buffer.from([0x30, 4, 2, 0, 2, 0]),
    Buffer.from([0x31, ...der.subarray(1)]),
  ]
  for (const attempt of attempts) {
    const answer = await isSignedBy([key], {
      body,
      timestamp,
      signature: attempt.toString('base64'),
    })
    expect(answer).toBe(false)
  }
})
