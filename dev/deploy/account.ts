import * as z from 'zod/mini'
import { Trouble } from '../trouble.ts'
import { valueOf } from './toml.ts'
import type { Tools } from './tools.ts'

const whoami = z.object({
  loggedIn: z.literal(true),
  email: z.nullish(z.string()),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
})

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The account to deploy to. Undefined leaves it to wrangler, which knows of one alone. */
export async function chooseAccount(tools: Tools, toml: string): Promise<string | undefined> {
  const { wrangler, ask, env, say } = tools
  const ran = await wrangler(['whoami', '--json'])
  const found = z.safeParse(whoami, jsonOf(ran.stdout))
  if (!found.success) {
    throw new Trouble(
      `Cloudflare does not know you yet. Log in with "npx wrangler login", or set CLOUDFLARE_API_TOKEN to a token that may edit Workers, D1 and R2. Then run "npm run deploy" again.\n\n${ran.output.trim()}`,
    )
  }
  const { accounts, email } = found.data
  const given = env['CLOUDFLARE_ACCOUNT_ID'] ?? valueOf(toml, '', 'account_id')
  const [only, ...more] = accounts
  if (given !== undefined || (only && more.length === 0)) {
    const name = accounts.find(({ id }) => id === (given ?? only?.id))?.name ?? given
    say(`Account: ${name}${email ? ` (${email})` : ''}`)
    return given
  }
  const list = accounts.map(({ id, name }, index) => `  ${index + 1}  ${name} (${id})`).join('\n')
  if (!ask) {
    throw new Trouble(`There are several accounts. Set CLOUDFLARE_ACCOUNT_ID to one:\n${list}`)
  }
  say(`You have several accounts:\n${list}`)
  for (;;) {
    const chosen = accounts[Number(await ask(`Which one, 1 to ${accounts.length}?`)) - 1]
    if (chosen) return chosen.id
  }
}
