import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { standingAfter } from '../../src/features/invoices/ledger.ts'
import { eventInput } from '../../src/features/payments/objects.ts'
import {
  begins,
  decide,
  type Kept,
  type Row,
  type Told,
} from '../../src/features/payments/decide.ts'
import { meaningOf } from '../../src/features/payments/told.ts'
import type { EventJson } from '../harness/stripe-events.ts'
import { historyOf, reckon, shuffled } from '../harness/stripe-history.ts'

const LINK = 'plink_of_the_invoice'

interface Written extends Row {
  of: string | null
}

interface Unmatched extends Kept {
  currency: string
  amount: number
  of: string | null
}

function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('What is to be changed is not there.')
  return thing
}

/** The ledger of one invoice in memory, written as the batches write it. */
class Books {
  rows: Written[] = []
  kept: Unmatched[] = []

  hear(event: EventJson): void {
    const meaning = meaningOf(z.parse(eventInput, event))
    if (meaning.kind === 'money') this.take(meaning.told)
    if (meaning.kind === 'state' && this.#row(meaning.told.id)) this.take(meaning.told)
    if (meaning.kind === 'state' && this.#keptAs(meaning.told.id)) this.take(meaning.told)
  }

  #row = (id: string | null) => this.rows.find(({ stripeId }) => stripeId === id)
  #keptAs = (id: string | null) => this.kept.find((each) => each.id === id)

  take(told: Told): void {
    const row = this.#row(told.id)
    const kept = this.#keptAs(told.id)
    const decision = decide(told, {
      row,
      of: this.#row(told.of),
      kept,
      keptOf: this.#keptAs(told.of),
      asks: told.link === LINK ? { currency: 'EUR' } : undefined,
    })
    const { kind, id, currency, amount, of, failure } = told
    switch (decision.kind) {
      case 'nothing':
        return
      case 'keep':
        this.kept.push({
          ...begins(told),
          id,
          kind,
          reason: decision.reason,
          currency,
          amount,
          of,
        })
        if (kind !== 'payment') return
        for (const each of this.kept) {
          if (each.of === id && each.reason === 'early') each.reason = decision.reason
        }
        return
      case 'keep-anew':
        Object.assign(there(kept), {
          state: decision.state,
          at: decision.at,
          dispute: decision.dispute,
        })
        return
      case 'move':
        Object.assign(there(row), {
          state: decision.state,
          at: decision.at,
          dispute: decision.dispute,
          failure: decision.failure,
          means: decision.means,
        })
        return
      case 'enter': {
        const early = this.kept.filter((each) => each.of === id)
        this.kept = this.kept.filter((each) => each.of !== id)
        this.rows.push({
          ...begins(told),
          id,
          stripeId: id,
          kind,
          method: 'stripe',
          means: told.means,
          currency,
          amount,
          failure,
          of,
        })
        for (const each of early) {
          this.rows.push({
            ...each,
            stripeId: each.id,
            method: 'stripe',
            means: null,
            failure: null,
            of: id,
          })
        }
      }
    }
  }
}

it('ends in the same ledger as a plain reckoning, told in any order and again', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (seed, order) => {
      const history = historyOf(seed, { link: LINK, name: 'h', from: 1_790_000_000 })
      const { total, truth, events, unmatched } = history
      const books = new Books()
      for (const one of shuffled(events, order)) books.hear(one)
      const written = books.rows.map(({ stripeId, kind, state, amount, at }) => ({
        id: stripeId,
        kind,
        state,
        amount,
        at: at / 1000,
      }))
      const byId = (a: { id: string | null }, b: { id: string | null }) =>
        (a.id ?? '') < (b.id ?? '') ? -1 : 1
      expect(written.sort(byId)).toEqual(
        truth
          .map(({ id, kind, state, amount, at }) => ({ id, kind, state, amount, at }))
          .sort(byId),
      )
      const happened = books.rows.filter(({ state }) => state === 'succeeded')
      const stands = standingAfter({ status: 'open', total, repeatable: false }, happened)
      const { paidOn: _, ...standing } = reckon(history, String)
      expect(stands).toMatchObject(standing)
      expect(
        new Set(books.kept.flatMap(({ kind, id }) => (kind === 'payment' ? [id] : []))),
      ).toEqual(unmatched)
    }),
    { numRuns: 3000 },
  )
})
