import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { World } from './harness/world.ts'

let world: World

beforeEach(() => {
  world = new World()
})

describe('the event webhook', () => {
  const event = (over: object = {}) => [
    {
      sg_event_id: 'e1',
      event: 'bounce',
      timestamp: 1,
      email_id: 'x',
      email: 'a@b.example',
      ...over,
    },
  ]
  const sign = async (body: string, timestamp: string, signingKey = world.signingKey) => {
    const raw = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      signingKey,
      new TextEncoder().encode(timestamp + body),
    )
    const bytes = new Uint8Array(raw)
    const integer = (part: Uint8Array) => {
      let at = 0
      while (at < part.length - 1 && part[at] === 0) at++
      const value = [...part.subarray(at)]
      if ((value[0] ?? 0) > 127) value.unshift(0)
      return [2, value.length, ...value]
    }
    const body_ = [...integer(bytes.subarray(0, 32)), ...integer(bytes.subarray(32))]
    return btoa(String.fromCharCode(0x30, body_.length, ...body_))
  }
  const post = (body: string, signature: string, timestamp: string) =>
    world.request(paths.webhooks.sendgrid, {
      method: 'POST',
      body,
      headers: {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    })
  const now = () => String(Math.floor(Date.now() / 1000))

  it('takes what SendGrid signed, once, and keeps kinds it does not act on', async () => {
    const body = JSON.stringify([...event(), ...event({ sg_event_id: 'e2', event: 'deferred' })])
    const timestamp = now()
    const signature = await sign(body, timestamp)
    for (const _again of [1, 2]) expect((await post(body, signature, timestamp)).status).toBe(200)
    const { results } = await bindings.DB.prepare(
      'select id, event from email_event order by id',
    ).all()
    expect(results).toEqual([
      { id: 'e1', event: 'bounce' },
      { id: 'e2', event: 'deferred' },
    ])
  })

  it('loses no event to an odd one beside it, and takes a thousand at once', async () => {
    const odd = [
      null,
      'text',
      {},
      { sg_event_id: '', event: 'bounce', timestamp: 1 },
      { sg_event_id: 'x', event: 'bounce', timestamp: 'soon' },
    ]
    const many = Array.from({ length: 1000 }, (_, n) => event({ sg_event_id: `m${n}` })[0])
    const strange = event({ sg_event_id: 'n', email_id: 42, reason: null })
    const body = JSON.stringify([...odd, ...many, ...strange])
    const timestamp = now()
    const answer = await post(body, await sign(body, timestamp), timestamp)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ received: 1001 })
    const kept = await bindings.DB.prepare('select count(*) as n from email_event').first()
    expect(kept).toEqual({ n: 1001 })
  })

  it('refuses a changed body, another key, an old or missing timestamp, and noise', async () => {
    const body = JSON.stringify(event())
    const timestamp = now()
    const signature = await sign(body, timestamp)
    const stranger = (await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['sign', 'verify'],
    )) as CryptoKeyPair
    const old = String(Math.floor(Date.now() / 1000) - 26 * 3600)
    const attempts: [string, string, string][] = [
      [body.replace('bounce', 'open'), signature, timestamp],
      [body, signature, String(Number(timestamp) + 1)],
      [body, await sign(body, timestamp, stranger.privateKey), timestamp],
      [body, await sign(body, old), old],
      [body, signature, ''],
      [body, '', timestamp],
      [body, '%%%', timestamp],
      [body, btoa('0123456789'), timestamp],
      ['{', await sign('{', timestamp), timestamp],
      ['{"a":1}', await sign('{"a":1}', timestamp), timestamp],
    ]
    for (const [content, mark, at] of attempts) {
      expect((await post(content, mark, at)).status).toBe(400)
    }
    const { results } = await bindings.DB.prepare('select * from email_event').all()
    expect(results).toEqual([])
  })

  it('accepts two keys while one is replaced by the other', async () => {
    const next = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair
    const spki = (await crypto.subtle.exportKey('spki', next.publicKey)) as ArrayBuffer
    world.env.SENDGRID_WEBHOOK_KEY += `,${btoa(String.fromCharCode(...new Uint8Array(spki)))}`
    world.restarted()
    const body = JSON.stringify(event())
    const timestamp = now()
    for (const signingKey of [world.signingKey, next.privateKey]) {
      expect((await post(body, await sign(body, timestamp, signingKey), timestamp)).status).toBe(
        200,
      )
    }
  })
})
