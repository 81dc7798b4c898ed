import type { BankDetails } from '../../db/schema/organizations.ts'
import { amountText } from '../../lib/money.ts'

/** The most that a credit transfer of this form may ask for: EUR 999,999,999.99. */
const MOST = 99_999_999_999

const compact = (text: string) => text.replaceAll(/\s/g, '').toUpperCase()

/** ISO 13616: the check digits come out as 1 of 97. */
export function isIban(text: string): boolean {
  const iban = compact(text)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
}

/** 'DE89 3704 0044 0532 0130 00' */
export const spacedIban = (text: string): string =>
  compact(text)
    .replaceAll(/(.{4})/g, '$1 ')
    .trim()

export interface Transfer {
  bank: BankDetails
  amount: number
  currency: string
  /** What the payer's bank shows as the purpose. */
  reference: string
}

/**
 * What a banking app reads from the code on an invoice (EPC069-12, version 002, UTF-8). Undefined where
 * no such code can be: it is for euros, and for an account with an IBAN.
 */
export function epcText({ bank, amount, currency, reference }: Transfer): string | undefined {
  const { iban, bic, holder } = bank
  if (currency !== 'EUR' || iban === null || !isIban(iban)) return undefined
  if (amount < 1 || amount > MOST) return undefined
  const name = [...holder.trim()].slice(0, 70).join('')
  const branch = bic === null ? '' : compact(bic)
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(branch) ? branch : '',
    name,
    compact(iban),
    `EUR${amountText(amount, 'EUR')}`,
    '',
    '',
    reference,
  ]
  return lines.join('\n')
}
