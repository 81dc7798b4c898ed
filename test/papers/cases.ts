import { readFile } from 'node:fs/promises'
import { priced, type DraftLine } from '../../src/features/invoices/pricing.ts'
import type { BillFacts } from '../../src/features/documents/bill.ts'
import type { Letterhead } from '../../src/features/documents/letterhead.ts'
import type { Fonts } from '../../src/features/documents/paper.ts'

export const fonts = async (): Promise<Fonts> => ({
  regular: new Uint8Array(await readFile('public/fonts/NotoSans-Regular.ttf')),
  bold: new Uint8Array(await readFile('public/fonts/NotoSans-Bold.ttf')),
})

const letterhead: Letterhead = {
  name: 'Northwind Studio',
  accent: { text: '#0b6e64', fill: '#0f766e' },
  logo: null,
}

interface Case extends Partial<BillFacts> {
  draft: DraftLine[]
  discountAmount?: number | null
}

/** An invoice of these lines, totalled by the rules that total every invoice. */
function bill({ draft, discountAmount = null, ...over }: Case): BillFacts {
  const { currency = 'EUR', prices = 'net', reverseCharge = false, discountPercent = null } = over
  const facts = { currency, prices, reverseCharge, discountPercent, discountAmount }
  const sums = priced({ ...facts, lines: draft })
  if (!sums.ok) throw new Error('These lines have no total.')
  const { lines, subtotal, discount, taxes, total } = sums.value
  return {
    letterhead,
    number: 'INV-2026-042',
    seller: {
      name: 'Northwind Studio GmbH',
      address: 'Torstraße 12\n10119 Berlin\nGermany',
      taxId: 'DE123456789',
    },
    buyer: { name: 'Halcyon Coffee Ltd', address: '4 Dock Street\nLeeds LS10 1NA', taxId: null },
    bank: {
      holder: 'Northwind Studio GmbH',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
      details: null,
    },
    currency,
    prices,
    reverseCharge,
    discountPercent,
    locale: 'en-GB',
    lines,
    subtotal,
    discount,
    taxes,
    total,
    issuedOn: '2026-11-24',
    dueOn: '2026-12-08',
    supplyOn: null,
    notes: '',
    at: Date.UTC(2026, 10, 24, 9),
    ...over,
  }
}

const line = (
  description: string,
  quantity: string,
  unitAmount: number,
  taxRate: string | null = null,
): DraftLine => ({ description, quantity, unitAmount, taxRate })

export const short = () => bill({ draft: [line('Design', '2', 5000, '20')] })

/** The worked case: three rates and 10 % off. */
export const rates = () =>
  bill({
    draft: [
      line('Brand book, printed, forty copies', '40', 1250, '7'),
      line(
        'Design of the identity: logo, colours, type, and a guide that says how',
        '1.5',
        80000,
        '19',
      ),
      line('Travel to Leipzig', '1', 9990, '0'),
      line('Deposit for the archive, not taxed', '1', 5000),
    ],
    discountPercent: '10',
    notes: 'Thank you for the trust.\nThe next stage begins in January.',
    supplyOn: '2026-11-20',
  })

export const yen = () =>
  bill({
    draft: [line('Consulting', '3', 45000, '10')],
    currency: 'JPY',
    locale: 'ja-JP',
    prices: 'gross',
  })

/** Large numbers, as in rupiah, with the tax that they contain. */
export const rupiah = () =>
  bill({
    draft: [line('Campaign', '1', 15_000_000_000, '11'), line('Media', '1', 35_000_000_000, '2.5')],
    currency: 'IDR',
    prices: 'gross',
    discountPercent: '10',
  })

/** More rates than the sums of a page can hold. */
export const manyRates = (count: number) =>
  bill({
    draft: Array.from({ length: count }, (_, at) => line('Work', '1', 10_000, `${at + 1}`)),
  })

export const scripts = () =>
  bill({
    draft: [
      line('Łódź: zażółć gęślą jaźń', '1', 123456, '23'),
      line('Čeština: příliš žluťoučký kůň úpěl ďábelské ódy', '2.5', 40000, '21'),
      line('Ελληνικά: Γαζίες καὶ μυρτιὲς δὲν θὰ βρῶ πιά', '1', 99999, '24'),
      line('Українська: Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів!', '1', 50000, '20'),
      line('日本語 and עברית are not in the font 🙂', '1', 100),
    ],
    locale: 'uk-UA',
    buyer: { name: 'Кав’ярня «Їжак» ТОВ', address: 'вул. Хрещатик 1\nКиїв', taxId: 'UA-12345678' },
    seller: { name: 'Studio Žižkov s.r.o.', address: 'Bořivojova 878/35\nPraha', taxId: null },
  })

export const long = () =>
  bill({
    draft: Array.from({ length: 60 }, (_, at) =>
      line(
        at % 7 === 3
          ? `Sprint ${at + 1}: ${'workshops, wireframes, reviews and the corrections that came of them, '.repeat(4)}`
              .slice(0, 300)
              .trim()
          : `Sprint ${at + 1}`,
        String((at % 5) + 0.25),
        12345 + at,
        at % 3 === 0 ? '7' : '19',
      ),
    ),
    notes: 'Hours as agreed in the plan. '.repeat(30).trim(),
    reverseCharge: false,
  })
