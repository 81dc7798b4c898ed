import { searchTerms, wordOf } from '../../lib/search.ts'
import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import { dayPrefixes, type DueBetween } from './ageing.ts'

/** 'owed' is open with something left to pay, 'problem' that of which its client said so. */
export type InvoiceWord = InvoiceStatus | 'owed' | 'problem'

export interface Within {
  organizationId: string
  portalId?: string | undefined
  words: readonly InvoiceWord[]
  currency?: string | undefined
  due?: DueBetween | undefined
}

/**
 * The full-text query for what a person typed, within what the list is narrowed to; undefined when
 * it can find nothing. What is typed stands in quotes, as letters,
 * numbers and marks alone, so it can't leave the columns it may look into.
 */
export function invoiceMatch(text: string, within: Within): string | undefined {
  const terms = searchTerms(text).map((term) => `"${term}"*`)
  if (terms.length === 0 && text.trim() !== '') return undefined
  const { organizationId, portalId, words, currency, due } = within
  const days = due && dayPrefixes(due).map((day) => `"${day}"*`)
  // Between days of which the last comes first lies nothing.
  if (days?.length === 0) return undefined
  return [
    `organization:"${wordOf(organizationId)}"`,
    ...(portalId === undefined ? [] : [`portal:"${wordOf(portalId)}"`]),
    ...words.map((word) => `state:"${word}"`),
    ...(currency === undefined ? [] : [`currency:"${currency}"`]),
    ...(days === undefined ? [] : [`due:(${days.join(' OR ')})`]),
    ...(terms.length === 0 ? [] : [`{number client project buyer}:(${terms.join(' AND ')})`]),
  ].join(' AND ')
}
