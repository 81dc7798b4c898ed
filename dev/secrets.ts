import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { readIfThere, statePath, writePrivate } from './state.ts'

const schema = z.object({
  authSecret: z.string(),
  linkSecret: z.string(),
  /** Absent in what an earlier version wrote. */
  settingsKey: z.optional(z.string()),
  /** The mail server's P-256 pair in base64: PKCS #8 and SPKI. */
  webhook: z.object({ privateKey: z.string(), publicKey: z.string() }),
})

type Kept = z.infer<typeof schema>
export type LocalSecrets = Kept & { settingsKey: string }

const newSettingsKey = () => `s1:${randomBytes(32).toString('hex')}`

function generate(): LocalSecrets {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return {
    authSecret: randomBytes(32).toString('hex'),
    linkSecret: `k1:${randomBytes(32).toString('hex')}`,
    settingsKey: newSettingsKey(),
    webhook: {
      privateKey: pair.privateKey.toString('base64'),
      publicKey: pair.publicKey.toString('base64'),
    },
  }
}

async function write(secrets: LocalSecrets): Promise<LocalSecrets> {
  await writePrivate(statePath.secrets, JSON.stringify(secrets, null, 2) + '\n')
  return secrets
}

/** Made at the first start and kept, so that links and sessions outlive a restart and a reset. */
export async function localSecrets(): Promise<LocalSecrets> {
  const kept = await readIfThere(statePath.secrets)
  if (kept !== null) {
    const { settingsKey, ...known } = schema.parse(JSON.parse(kept))
    return settingsKey === undefined
      ? write({ ...known, settingsKey: newSettingsKey() })
      : { ...known, settingsKey }
  }
  return write(generate())
}

export async function signingKey(secrets: LocalSecrets) {
  const der = Buffer.from(secrets.webhook.privateKey, 'base64')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}
