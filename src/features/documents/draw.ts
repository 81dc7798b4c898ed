import type { Database } from '../../db/client.ts'
import { dayOf } from '../../lib/day.ts'
import { asset } from '../../platform/assets.ts'
import { paletteOf } from '../branding/rules.ts'
import { drawBill } from './bill.ts'
import { brandOf, creditNoteFacts, invoiceFacts, receiptFacts, statementFacts } from './facts.ts'
import type { Letterhead } from './letterhead.ts'
import { printableLogo } from './logo.ts'
import type { DocumentPlace as Place } from './object.ts'
import type { Fonts } from './paper.ts'
import { drawReceipt } from './receipt.ts'
import type { DocumentOf } from './rules.ts'
import { drawStatement } from './statement-paper.ts'
import { stated } from './statement.ts'

export interface Stores {
  db: Database
  bucket: R2Bucket
  assets: Fetcher
}

/** The bytes of a document as of `now`; undefined where there is nothing of which it would be. */
export async function draw(
  { db, bucket, assets }: Stores,
  place: Place,
  { kind, of }: DocumentOf,
  now: number,
): Promise<Uint8Array | undefined> {
  const facts = await factsFor(db, place, { kind, of })
  if (!facts) return undefined
  const brand = await brandOf(db, place.organizationId)
  if (!brand) return undefined
  const { text, fill } = paletteOf(brand.accent).light
  const logo = await printableLogo(bucket, place.organizationId, brand.logo)
  const letterhead: Letterhead = { name: brand.name, accent: { text, fill }, logo }
  const [regular, bold] = await Promise.all([
    asset(assets, '/fonts/NotoSans-Regular.ttf'),
    asset(assets, '/fonts/NotoSans-Bold.ttf'),
  ])
  return put(facts, letterhead, { regular, bold }, now)
}

async function factsFor(db: Database, place: Place, { kind, of }: DocumentOf) {
  switch (kind) {
    case 'invoice':
      return wrap('bill', await invoiceFacts(db, place, of))
    case 'credit-note':
      return wrap('bill', await creditNoteFacts(db, place, of))
    case 'receipt':
      return wrap('receipt', await receiptFacts(db, place, of))
    case 'statement':
      return wrap('statement', await statementFacts(db, place))
  }
}

const wrap = <K extends string, F>(drawn: K, facts: F | undefined) => facts && { drawn, facts }

type Facts = NonNullable<Awaited<ReturnType<typeof factsFor>>>

function put(
  { drawn, facts }: Facts,
  letterhead: Letterhead,
  fonts: Fonts,
  now: number,
): Promise<Uint8Array> {
  if (drawn === 'bill') return drawBill({ ...facts, letterhead }, fonts)
  if (drawn === 'receipt') return drawReceipt({ ...facts, letterhead }, fonts)
  const until = dayOf(now, facts.timeZone)
  const entries = stated(facts.invoices)
  return drawStatement({ ...facts, letterhead, until, entries, at: now }, fonts)
}
