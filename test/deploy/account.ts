import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realTools } from '../../dev/deploy/real-tools.ts'
import type { Ran, Tools } from '../../dev/deploy/tools.ts'

const ran = (over: Partial<Ran> = {}): Ran => ({
  ok: true,
  stdout: '',
  output: '',
  targets: [],
  ...over,
})
const failed = (output: string) => ran({ ok: false, output })
const json = (value: unknown) => ran({ stdout: JSON.stringify(value) })

const NAME = 'adminstack-portals'

/** A Cloudflare account in memory, and a wrangler that works on it and remembers what it was asked. */
export class Account {
  accounts = [{ id: 'a1', name: 'Studio' }]
  loggedIn = true
  databases: { uuid: string; name: string }[] = []
  buckets: string[] = []
  /** Undefined until the first deploy. */
  worker: { secrets: Record<string, string>; appUrl: string; domains: string[] } | undefined
  migrated = 0
  /** Every command, in order, as it could be seen by others on the machine. */
  commands: string[] = []
  /** Breaks the command that begins so. */
  broken: { command: string; says: string } | undefined
  healthy = true

  /** What was said, asked and written. */
  said: string[] = []
  questions: string[] = []
  answers: Record<string, string> | undefined
  env: Record<string, string> = {}
  toml: string
  secretFiles: { path: string; mode: number }[] = []
  #random = 0

  constructor(toml: string) {
    this.toml = toml
  }

  changes(): string[] {
    return this.commands.filter((command) =>
      /^(?:d1 create|d1 migrations|r2 bucket create|deploy)/.test(command),
    )
  }

  tools(): Tools {
    const { answers } = this
    return {
      wrangler: (args) => this.#run(args),
      config: {
        read: () => Promise.resolve(this.toml),
        write: (text) => {
          this.toml = text
          return Promise.resolve()
        },
      },
      async withSecretFile(text, work) {
        const folder = await mkdtemp(join(tmpdir(), 'portals-test-'))
        try {
          return await realTools(folder).withSecretFile(text, work)
        } finally {
          await rm(folder, { recursive: true })
        }
      },
      ask: answers
        ? (question) => {
            this.questions.push(question)
            const known = Object.entries(answers).find(([about]) => question.includes(about))
            return Promise.resolve(known?.[1] ?? '')
          }
        : undefined,
      env: this.env,
      say: (line) => this.said.push(line),
      random: (bytes) => String(++this.#random % 10).repeat(bytes * 2),
      isHealthy: () => Promise.resolve(this.healthy),
      wait: () => Promise.resolve(),
    }
  }

  async #run(args: readonly string[]): Promise<Ran> {
    const command = args.join(' ')
    this.commands.push(command)
    if (this.broken && command.startsWith(this.broken.command)) return failed(this.broken.says)
    const [first = '', second = '', third = ''] = args
    switch (`${first} ${second}`) {
      case 'whoami --json':
        return this.loggedIn
          ? json({ loggedIn: true, email: 'maya@studio.example', accounts: this.accounts })
          : failed('{ "loggedIn": false }')
      case 'secret list':
        return this.worker
          ? json(Object.keys(this.worker.secrets).map((name) => ({ name, type: 'secret_text' })))
          : failed(`Worker "${NAME}" not found.`)
      case 'd1 list':
        return json(this.databases)
      case 'd1 create':
        this.databases.push({ uuid: '00000000-0000-4000-8000-00000000000d', name: third })
        return ran()
      case 'd1 migrations':
        this.migrated++
        return ran()
      case 'r2 bucket':
        if (third === 'create') this.buckets.push(args[3] ?? '')
        return this.buckets.includes(args[3] ?? '')
          ? json({})
          : failed('The bucket does not exist.')
      default:
        return first === 'deploy' ? this.#deploy(args) : failed(`Unknown: ${command}`)
    }
  }

  async #deploy(args: readonly string[]): Promise<Ran> {
    const after = (flag: string) => {
      const at = args.indexOf(flag)
      return at === -1 ? undefined : args[at + 1]
    }
    const path = after('--secrets-file')
    let secrets: Record<string, string> = {}
    if (path !== undefined) {
      secrets = JSON.parse(await readFile(path, 'utf8'))
      this.secretFiles.push({ path, mode: (await stat(path)).mode & 0o777 })
    }
    const kept = this.worker?.secrets ?? {}
    const domain = after('--domain')
    this.worker = {
      secrets: { ...kept, ...secrets },
      appUrl: /APP_URL = "([^"]*)"/.exec(this.toml)?.[1] ?? '',
      domains: domain === undefined ? [] : [domain],
    }
    return ran({ targets: [`https://${NAME}.studio.workers.dev`, 'schedule: * * * * *'] })
  }
}
