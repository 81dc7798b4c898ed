import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { deploy } from '../../dev/deploy/deploy.ts'
import { complaint } from '../../src/env.ts'
import { Account } from './account.ts'

let account: Account

const answers = {
  'emails come from': 'portals@studio.example',
  'Your own email': 'maya@studio.example',
  'SendGrid API key': 'SG.very-secret',
}
const environment = {
  MAIL_FROM: 'portals@studio.example',
  FIRST_OWNER: 'maya@studio.example',
  SENDGRID_API_KEY: 'SG.very-secret',
}
const workersDev = 'https://adminstack-portals.studio.workers.dev'

beforeEach(async () => {
  account = new Account(await readFile('wrangler.toml', 'utf8'))
})

const run = () => deploy(account.tools())
const trouble = async (): Promise<string> => {
  try {
    await run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('It went well.')
}

describe('from an empty account', () => {
  it('makes what is missing, in an order in which nothing is needed before it is there', async () => {
    account.answers = answers
    await run()
    expect(account.commands.map((command) => command.replace(/\/\S+/, 'FILE'))).toEqual([
      'whoami --json',
      'secret list --format json',
      'r2 bucket info adminstack-portals --json',
      'r2 bucket create adminstack-portals',
      'd1 list --json',
      'd1 create adminstack-portals',
      'd1 list --json',
      'd1 migrations apply DB --remote',
      'deploy --keep-vars --secrets-file FILE',
      'deploy --keep-vars',
    ])
    expect(account.worker?.appUrl).toBe(workersDev)
    expect(Object.keys(account.worker?.secrets ?? {}).sort()).toEqual([
      'AUTH_SECRET',
      'FIRST_OWNER',
      'LINK_SECRET',
      'MAIL_FROM',
      'SENDGRID_API_KEY',
      'SETTINGS_KEY',
    ])
    for (const [name, value] of Object.entries(account.worker?.secrets ?? {})) {
      expect(complaint(name, value)).toBeUndefined()
    }
    const said = account.said.join('\n')
    expect(said).toContain(`${workersDev}/api/webhooks/sendgrid`)
    expect(said).toContain(`${workersDev}/sign-in`)
    expect(said).toContain('authenticate the domain')
  })

  it('keeps every comment of wrangler.toml, and adds two values', async () => {
    const before = account.toml.split('\n')
    account.answers = answers
    await run()
    const after = account.toml.split('\n')
    expect(before.filter((line) => !after.includes(line))).toEqual([
      'APP_URL = "http://127.0.0.1:8787"',
    ])
    expect(after.filter((line) => !before.includes(line))).toEqual([
      `APP_URL = "${workersDev}"`,
      'database_id = "00000000-0000-4000-8000-00000000000d"',
    ])
  })

  it('asks nothing where nobody can answer, and takes all from the environment', async () => {
    account.env = { ...environment, APP_URL: 'https://portals.studio.example' }
    await run()
    expect(account.worker).toMatchObject({
      appUrl: 'https://portals.studio.example',
      domains: ['portals.studio.example'],
      secrets: environment,
    })
    expect(account.changes()).toHaveLength(4)
  })

  it('names all that is missing or wrong at once, before it makes anything', async () => {
    account.env = { MAIL_FROM: 'nobody' }
    const said = await trouble()
    for (const name of ['SENDGRID_API_KEY', 'FIRST_OWNER', 'MAIL_FROM must be']) {
      expect(said).toContain(name)
    }
    expect(account.changes()).toEqual([])
    account.env = { ...environment, APP_URL: 'http://localhost:8787' }
    expect(await trouble()).toContain('Nothing was changed')
    expect(account.changes()).toEqual([])
  })

  it('asks again when an answer can’t be right', async () => {
    let tries = 0
    account.answers = answers
    const tools = account.tools()
    await deploy({
      ...tools,
      ask: async (question) =>
        question.includes('Your own email') && ++tries === 1
          ? 'maya'
          : (tools.ask?.(question) ?? ''),
    })
    expect(tries).toBe(2)
    expect(account.worker?.secrets['FIRST_OWNER']).toBe('maya@studio.example')
  })

  it('says how to log in, and asks which of several accounts', async () => {
    account.loggedIn = false
    expect(await trouble()).toContain('npx wrangler login')
    account.loggedIn = true
    account.accounts.push({ id: 'a2', name: 'Other' })
    account.env = environment
    expect(await trouble()).toContain('CLOUDFLARE_ACCOUNT_ID')
    expect(account.changes()).toEqual([])
    account.answers = { 'Which one': '2' }
    const seen: (string | undefined)[] = []
    const tools = account.tools()
    await deploy({
      ...tools,
      wrangler: (args, how) => {
        seen.push(how?.account)
        return tools.wrangler(args, how)
      },
    })
    expect(seen.slice(1).every((id) => id === 'a2')).toBe(true)
  })
})

describe('a second time', () => {
  beforeEach(async () => {
    account.env = environment
    await run()
    account.commands = []
    account.said = []
    account.env = {}
  })

  it('migrates before it deploys, and changes nothing else', async () => {
    const { toml, worker } = account
    await run()
    expect(account.changes()).toEqual(['d1 migrations apply DB --remote', 'deploy --keep-vars'])
    expect(account.toml).toBe(toml)
    expect(account.worker).toEqual(worker)
  })

  it('never makes a secret anew, whatever the environment holds', async () => {
    const before = { ...account.worker?.secrets }
    account.env = { AUTH_SECRET: 'x'.repeat(40), LINK_SECRET: `k2:${'y'.repeat(40)}` }
    await run()
    expect(account.worker?.secrets).toEqual(before)
  })

  it('takes a new SendGrid key from the environment, and the webhook’s from who is asked', async () => {
    account.env = { SENDGRID_API_KEY: 'SG.rotated' }
    account.answers = { 'public key of SendGrid': 'MFkwEwYH' }
    await run()
    expect(account.worker?.secrets).toMatchObject({
      SENDGRID_API_KEY: 'SG.rotated',
      SENDGRID_WEBHOOK_KEY: 'MFkwEwYH',
      MAIL_FROM: environment.MAIL_FROM,
    })
    expect(account.questions).toHaveLength(1)
    expect(account.said.join('\n')).not.toContain('What is left to do')
  })

  it('finds the database by its name from a fresh clone', async () => {
    account.toml = account.toml.replace(/database_id.*\n/, '')
    await run()
    expect(account.databases).toHaveLength(1)
    expect(account.toml).toContain('database_id = "00000000-0000-4000-8000-00000000000d"')
  })

  it('refuses to go on with the database of another account', async () => {
    account.databases = []
    expect(await trouble()).toContain('which this account does not have')
    expect(account.changes()).toEqual([])
  })

  it('leaves routes that somebody wrote alone', async () => {
    account.env = { APP_URL: 'https://portals.studio.example' }
    account.toml += '\n[[routes]]\npattern = "portals.studio.example/*"\n'
    await run()
    expect(account.worker?.domains).toEqual([])
  })
})

describe('a failure in the middle', () => {
  const steps = {
    'secret list': 'Nothing was changed',
    'r2 bucket create': 'switch it on',
    'd1 create': 'Nothing was deployed',
    'd1 migrations': 'the version that runs goes on as it was',
    deploy: 'goes on from here',
  }

  it.each(Object.entries(steps))(
    'at %s says what to do, and the next run goes on',
    async (command, hint) => {
      account.env = environment
      account.broken = { command, says: 'Something about SG.very-secret' }
      const said = await trouble()
      expect(said).toContain(hint)
      if (command === 'd1 migrations') {
        expect(account.commands.some((one) => one.startsWith('deploy'))).toBe(false)
      }
      account.broken = undefined
      await run()
      expect(account.worker?.appUrl).toBe(workersDev)
      expect(account.databases).toHaveLength(1)
      expect(account.buckets).toHaveLength(1)
    },
  )

  it('does not take an account that can’t be read for an empty one', async () => {
    account.env = environment
    await run()
    const before = { ...account.worker?.secrets }
    account.broken = { command: 'secret list', says: 'Authentication error [code: 10000]' }
    await trouble()
    expect(account.worker?.secrets).toEqual(before)
  })

  it('says so when the portal does not come up', async () => {
    account.env = environment
    account.healthy = false
    expect(await trouble()).toContain('wrangler tail')
  })
})

describe('a secret', () => {
  it('is in no command and no output, and in a file of this user’s that is gone afterwards', async () => {
    account.env = environment
    account.broken = { command: 'deploy', says: 'SG.very-secret was refused' }
    const refused = await trouble()
    account.broken = undefined
    await run()
    const { AUTH_SECRET = '', LINK_SECRET = '' } = account.worker?.secrets ?? {}
    const seen = [...account.commands, ...account.said, refused, account.toml].join('\n')
    for (const secret of ['SG.very-secret', AUTH_SECRET, LINK_SECRET]) {
      expect(secret).not.toBe('')
      expect(seen).not.toContain(secret)
    }
    expect(account.secretFiles.length).toBeGreaterThan(0)
    for (const { path, mode } of account.secretFiles) {
      expect(mode).toBe(0o600)
      expect(existsSync(path)).toBe(false)
    }
  })
})
