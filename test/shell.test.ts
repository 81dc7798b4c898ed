import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

beforeEach(openStudio)

describe('pages', () => {
  it('are never kept by caches, framed, or indexed, whatever they answer', async () => {
    for (const path of ['/', '/sign-in', '/nowhere', '/dashboard', '/api/portals', '/portal/x']) {
      const { headers } = await world.request(path)
      expect(headers.get('cache-control'), path).toBe('private, no-store')
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('strict-transport-security'), path).toBeTruthy()
    }
  })

  it('lose nothing of a form that was filled in wrongly', async () => {
    const { cookie } = await studio.person('owner')
    const values = {
      project: '',
      client: 'Halcyon & Sons',
      currency: 'NOK',
      'contact.name': 'Jane',
      'contact.email': 'jane@',
    }
    const answer = await world.form(paths.portals(studio.slug), values, cookie)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('value="Halcyon &amp; Sons"')
    expect(html).toMatch(/<option value="NOK" selected/)
    expect(html).toContain('The project is missing.')
    expect(html).toContain('This doesn’t look like an email address.')
  })
})

describe('limits', () => {
  it('ask a burst from one address to wait, by the real binding', async () => {
    world.env.BURSTS_BY_ADDRESS = bindings.BURSTS_BY_ADDRESS
    const statuses: number[] = []
    let last: Response | undefined
    for (let n = 0; n < 40; n++) {
      last = await world.request(paths.askForLink('a'.repeat(64)), {
        method: 'POST',
        headers: { 'cf-connecting-ip': '203.0.113.9' },
      })
      statuses.push(last.status)
    }
    expect(statuses[0]).toBe(200)
    expect(last?.status).toBe(429)
    expect(last?.headers.get('retry-after')).toBe('60')
    const other = await world.request(paths.askForLink('a'.repeat(64)), {
      method: 'POST',
      headers: { 'cf-connecting-ip': '203.0.113.10' },
    })
    expect(other.status).toBe(200)
  })
})

describe('the crons', () => {
  it('are those of wrangler.toml, each with a verb', async () => {
    for (const cron of bindings.CRONS) {
      await expect(scheduled(cron, Date.now(), world.env)).resolves.toBeUndefined()
    }
    await expect(scheduled('1 2 3 4 5', Date.now(), world.env)).rejects.toThrow('No verb')
  })

  it('purge what has ended, and nothing else, also when run twice', async () => {
    await studio.person('owner')
    await world.api('POST', paths.api.portals, key, newPortal)
    const invite = (id: string, expiresAt: number) =>
      bindings.DB.prepare(
        "insert into invitation (id, organization_id, email, role, invited_by, created_at, expires_at) values (?, ?, ? || '@new.example', 'member', 'Maya', 0, ?)",
      )
        .bind(id, studio.facts.id, id, expiresAt)
        .run()
    const soon = Date.now() + 7 * 86_400_000
    await invite(newId(Date.now()), soon)
    // As old, and sent again since.
    await invite(newId(Date.now()), soon + 20 * 86_400_000)
    const count = async () => {
      const tables = ['session', 'verification', 'email', 'portal', 'invitation']
      const counts = await Promise.all(
        tables.map((table) =>
          bindings.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>(),
        ),
      )
      return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.n]))
    }
    await scheduled('17 3 * * *', Date.now(), world.env)
    expect(await count()).toEqual({
      session: 1,
      verification: 0,
      email: 2,
      portal: 1,
      invitation: 2,
    })
    const later = Date.now() + 40 * 86_400_000
    await Promise.all([1, 2].map(() => scheduled('17 3 * * *', later, world.env)))
    expect(await count()).toEqual({
      session: 0,
      verification: 0,
      email: 1,
      portal: 1,
      invitation: 1,
    })
  })
})
