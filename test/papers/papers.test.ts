import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawBill, type BillFacts } from '../../src/features/documents/bill.ts'
import { epcText, isIban } from '../../src/features/documents/epc.ts'
import { fonts, long, manyRates, rates, rupiah, scripts, short, yen } from './cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'papers-'))
let files = 0

/** What a reader finds in a PDF, page by page; the pictures of the same are for people to look at. */
async function readBack(facts: BillFacts): Promise<string[]> {
  const file = join(folder, `${++files}.pdf`)
  writeFileSync(file, await drawBill(facts, await fonts()))
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  return text.split('\f').slice(0, -1)
}

const line = (page: string, words: RegExp) =>
  page.split('\n').find((text) => words.test(text)) ?? ''

describe('the text of an invoice, read back by another program', () => {
  it('has its number, its total and how to pay it', async () => {
    const [page = '', ...more] = await readBack(short())
    expect(more).toEqual([])
    expect(page).toContain('INV-2026-042')
    expect(line(page, /^\s*Total/)).toContain('€120.00')
    expect(page).toContain('DE89 3704 0044 0532 0130 00')
    expect(page).toContain('Page 1 of 1')
  })

  it('has every script that the fonts are for', async () => {
    const text = (await readBack(scripts())).join('\n')
    for (const word of ['Łódź', 'Čeština', 'Ελληνικά', 'Українська', 'ґольфів', 'Їжак', 'Žižkov']) {
      expect(text).toContain(word)
    }
    expect(line(text, /^\s*Total/)).toMatch(/4.569,50.EUR/)
  })

  it('shows each rate, and the discount before them', async () => {
    const [page = ''] = await readBack(rates())
    expect(line(page, /Discount of 10 %/)).toContain('€184.99')
    expect(line(page, /Tax 19 %/)).toContain('€205.20')
    expect(line(page, /Tax 7 %/)).toContain('€31.50')
    expect(line(page, /Tax 0 %/)).toContain('€0.00')
    expect(line(page, /^\s*Total/)).toContain('€1,901.61')
  })

  it('has yen without hundredths, and tax that is contained', async () => {
    const [page = ''] = await readBack(yen())
    expect(line(page, /^\s*Total/)).toMatch(/¥135,000$/)
    expect(line(page, /Contains tax 10 %/)).toContain('¥12,273')
    expect(page).not.toContain('Scan with')
  })

  it('keeps large amounts beside what they are for, not over it', async () => {
    const [page = ''] = await readBack(rupiah())
    expect(line(page, /Contains tax 11 % on IDR.121,621,621\.62/)).toMatch(/IDR.13,378,378\.38$/)
    expect(line(page, /Contains tax 2\.5 % on IDR.307,317,073\.17/)).toMatch(/IDR.7,682,926\.83$/)
  })

  it('goes on to another page where one can’t hold all rates', async () => {
    const pages = await readBack(manyRates(60))
    const sums = pages.map((page) => page.split('\n').filter((text) => /^\s+Tax \d+ %/.test(text)))
    expect(sums.flat()).toHaveLength(60)
    // So many lines end above the foot of a page.
    for (const on of sums) expect(on.length).toBeLessThan(46)
    expect(line(pages.at(-1) ?? '', /^\s*Total/)).toContain('€7,830.00')
  })

  it('repeats the head of the table on each page that it goes on to', async () => {
    const pages = await readBack(long())
    expect(pages.length).toBeGreaterThan(2)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`Page ${at + 1} of ${pages.length}`)
      if (/Sprint/.test(page))
        expect(page).toMatch(/Description\s+Quantity\s+Unit price\s+Tax\s+Amount/)
      if (at > 0) expect(page.trimStart()).toMatch(/^Invoice INV-2026-042 · Northwind Studio GmbH/)
    }
    const text = pages.join('\n')
    for (let at = 1; at <= 60; at++) expect(text).toMatch(new RegExp(`Sprint ${at}\\b`))
  })

  it('embeds what it needs of the fonts and no more', async () => {
    const file = join(folder, 'fonts.pdf')
    const bytes = await drawBill(scripts(), await fonts())
    writeFileSync(file, bytes)
    const listed = execFileSync('pdffonts', [file], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .slice(2)
    expect(listed).toHaveLength(2)
    // Embedded, in part, with the way back to the letters.
    for (const font of listed)
      expect(font).toMatch(/NotoSans-(?:Regular|Bold).*\byes\s+yes\s+yes\b/)
    expect(bytes.length).toBeLessThan(40_000)
  })

  it('is the same bytes for the same facts', async () => {
    const [one, other] = [
      await drawBill(rates(), await fonts()),
      await drawBill(rates(), await fonts()),
    ]
    expect(Buffer.from(one).equals(other)).toBe(true)
  })
})

describe('the code that banking apps read', () => {
  const bank = {
    holder: 'Wikimedia',
    iban: 'DE33 1002 0500 0001 1947 00',
    bic: 'BFSWDE33BER',
    details: null,
  }
  const asked = { bank, amount: 12_345, currency: 'EUR', reference: 'INV-2026-001' }

  it('is a credit transfer as EPC069-12 has it', () => {
    expect(epcText(asked)?.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'BFSWDE33BER',
      'Wikimedia',
      'DE33100205000001194700',
      'EUR123.45',
      '',
      '',
      'INV-2026-001',
    ])
    expect(epcText({ ...asked, bank: { ...bank, bic: null } })?.split('\n')[4]).toBe('')
  })

  it('is none without euros, an account or an amount', () => {
    expect(epcText({ ...asked, currency: 'CHF' })).toBeUndefined()
    expect(epcText({ ...asked, bank: { ...bank, iban: null } })).toBeUndefined()
    expect(epcText({ ...asked, bank: { ...bank, iban: 'DE34100205000001194700' } })).toBeUndefined()
    expect(epcText({ ...asked, amount: 0 })).toBeUndefined()
    expect(epcText({ ...asked, amount: 100_000_000_000 })).toBeUndefined()
    expect(isIban('GB82WEST12345698765432')).toBe(true)
  })
})
