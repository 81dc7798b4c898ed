import fc from 'fast-check'
import { expect, it } from 'vitest'
import { invoiceTokenText } from '../../src/features/invoices/token-text.ts'
import { tokenText } from '../../src/features/links/rules.ts'

// As keys are named in LINK_SECRET, and as ids are made.
const key = fc.stringMatching(/^[a-z0-9]{1,16}$/)
const id = fc.uuid({ version: 7 })
const version = fc.integer({ min: 1, max: 1_000_000 })
const derived = fc.record({ key, invoiceId: id, contactId: id, version })

it('is of one invoice, one contact and one version', () => {
  fc.assert(
    fc.property(derived, derived, (one, other) => {
      const same =
        one.key === other.key &&
        one.invoiceId === other.invoiceId &&
        one.contactId === other.contactId &&
        one.version === other.version
      expect(invoiceTokenText(one) === invoiceTokenText(other)).toBe(same)
    }),
  )
  const facts = { key: 'k1', invoiceId: 'i', contactId: 'c', version: 2 }
  expect(invoiceTokenText(facts)).toBe('v1|k1|invoice|i|c|2')
})

it('is never the text that a link’s token comes from', () => {
  fc.assert(
    fc.property(derived, id, version, (facts, link, step) => {
      const ofLink = { id: link, key: facts.key, version: step }
      expect(invoiceTokenText(facts)).not.toBe(tokenText(ofLink))
      // Not even where a link were named as an invoice's token is.
      expect(invoiceTokenText(facts).split('|')).toHaveLength(6)
      expect(tokenText(ofLink).split('|')).toHaveLength(4)
    }),
  )
})
