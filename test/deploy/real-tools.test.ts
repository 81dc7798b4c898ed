import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { realTools } from '../../dev/deploy/real-tools.ts'
import { listOf, valueOf, withValue } from '../../dev/deploy/toml.ts'

it('keeps secrets in a file that only this user reads, and takes it away, also after a failure', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portals-test-'))
  const { withSecretFile } = realTools(folder)
  let seen = ''
  const look = withSecretFile('{"A":"b"}', async (path) => {
    seen = path
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).toBe('{"A":"b"}')
    throw new Error('The deploy failed.')
  })
  await expect(look).rejects.toThrow('The deploy failed.')
  expect(existsSync(seen)).toBe(false)
  await rm(folder, { recursive: true })
})

const toml = `name = "x" # the Worker

[vars]
# Where it is.
APP_URL = "http://127.0.0.1" # local

[secrets]
required = [
  "A", # one
  "B",
]

[[d1_databases]]
binding = "DB"
database_name = "x"

# The next one.
[[r2_buckets]]
bucket_name = "y"
`

it('reads and writes wrangler.toml a line at a time', () => {
  expect(valueOf(toml, '', 'name')).toBe('x')
  expect(valueOf(toml, '[[r2_buckets]]', 'bucket_name')).toBe('y')
  expect(valueOf(toml, '[[r2_buckets]]', 'name')).toBeUndefined()
  expect(listOf(toml, '[secrets]', 'required')).toEqual(['A', 'B'])
  expect(withValue(toml, '[vars]', 'APP_URL', 'https://a.example')).toBe(
    toml.replace('"http://127.0.0.1"', '"https://a.example"'),
  )
  expect(withValue(toml, '[[d1_databases]]', 'database_id', '1')).toBe(
    toml.replace('database_name = "x"\n', 'database_name = "x"\ndatabase_id = "1"\n'),
  )
  expect(() => withValue(toml, '[vars]', 'APP_URL', 'a"\nb = "c')).toThrow()
})
