import { expect, it } from 'vitest'
import { sizeWords } from '../../src/lib/size.ts'

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [1500, '1.5 KB'],
  [38 * 1024, '38 KB'],
  [1024 * 1024 - 1, '1 MB'],
  [4.1 * 1024 * 1024, '4.1 MB'],
  [9.97 * 1024 * 1024, '10 MB'],
  [90 * 1024 * 1024, '90 MB'],
  [5 * 1024 ** 3, '5 GB'],
  [2048 * 1024 ** 4, '2048 TB'],
])('says %i bytes as %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})
