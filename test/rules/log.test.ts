import { expect, it } from 'vitest'
import { withoutSecrets } from '../../src/lib/log.ts'

it('takes out what others put into their words', () => {
  const words = {
    'The to address jane.doe+x@client.example is invalid': 'The to address [address] is invalid',
    'Key ap_0123456789abcdef and SG.abc.def-g are wrong': 'Key [key] and [key] are wrong',
    [`At /portal/${'0a'.repeat(32)}/ask`]: 'At /portal/[token]/ask',
    'GET https://x.example/y?token=abc failed': 'GET https://x.example/y?[query] failed',
  }
  for (const [said, kept] of Object.entries(words)) expect(withoutSecrets(said)).toBe(kept)
})

it('leaves ids, routes and the database’s own words alone', () => {
  for (const text of [
    '019321aa-7000-7000-8000-0123456789ab',
    '/dashboard/:organization/portals/:portal',
    'D1_ERROR: no such table: link_token: SQLITE_ERROR',
    'node_modules/@sendgrid/client/index.js:10:3',
    '* * * * *',
  ]) {
    expect(withoutSecrets(text)).toBe(text)
  }
})
