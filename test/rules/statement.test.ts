import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stated, type Happening } from '../../src/features/documents/statement.ts'
import { standingAfter } from '../../src/features/invoices/ledger.ts'

const happening = fc.record<Happening>({
  id: fc.uuid(),
  kind: fc.constantFrom('payment', 'refund', 'reversal', 'credit-note'),
  amount: fc.integer({ min: 1, max: 3 }).map((hundreds) => hundreds * 100),
  day: fc.constantFrom('2026-11-02', '2026-11-03'),
  // Stripe's clock has seconds: much happens at the same instant.
  at: fc.integer({ min: 2, max: 4 }),
  number: fc.constant(null),
  means: fc.constant(null),
})

it('ends with what the ledger says, in whichever order entries of an instant were written', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(happening, { maxLength: 6, selector: ({ id }) => id }),
      fc.boolean(),
      (happenings, repeatable) => {
        const bill = { status: 'open' as const, total: 200, repeatable }
        const issued = { issuedOn: '2026-11-02', issuedAt: 1, voidedAt: null, voidedOn: null }
        const invoice = { id: 'a', number: 'INV-2026-001', currency: 'EUR', ...bill, ...issued }
        const told = stated([{ ...invoice, happenings }])
          .get('EUR')
          ?.at(-1)?.balance
        const { balance, credit } = standingAfter(bill, happenings)
        expect(told).toBe(balance - credit)
      },
    ),
    { numRuns: 2000 },
  )
})
