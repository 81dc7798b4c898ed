import { createCipheriv, createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const MIB = 1024 ** 2

/** Writes so many MiB that no compression shortens and no part of which is like another. Returns their SHA-256. */
export async function writeNoise(path: string, mib: number): Promise<string> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16))
  const hash = createHash('sha256')
  const zeros = Buffer.alloc(MIB)
  const file = await open(path, 'w')
  for (let written = 0; written < mib; written++) {
    const noise = cipher.update(zeros)
    hash.update(noise)
    await file.write(noise)
  }
  await file.close()
  return hash.digest('hex')
}
