import type { Stripe } from 'stripe'
import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'
import type { Books } from '../books.ts'
import { knownCurrency, validAmount } from '../currencies.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Price } from '../rows.ts'
import { mergedMetadata } from './metadata.ts'
import { addProduct } from './products.ts'

interface NewPrice {
  currency: string
  unit_amount?: number
  product?: string
  product_data?: { name: string; description?: string; metadata?: Stripe.MetadataParam }
  nickname?: string
  metadata?: Stripe.MetadataParam
  active?: boolean
}

function productOf(books: Books, params: NewPrice, at: (name: string) => string): string {
  const { product, product_data: made } = params
  if (product !== undefined && made !== undefined) {
    throw invalid(
      `You may only specify one of these parameters: ${at('product')}, ${at('product_data')}.`,
    )
  }
  if (made) return addProduct(books, made).id
  if (product === undefined) {
    throw invalid(
      `You must specify either ${at('product')} or ${at('product_data')} when creating a price.`,
      { code: 'parameter_missing', param: at('product') },
    )
  }
  const found = books.get('product', product, at('product'))
  if (found.active) return found.id
  throw invalid(`The product ${product} is inactive.`, { param: at('product') })
}

/** `at` says what a parameter is called when the price stands inside another call's. */
export function addPrice(
  books: Books,
  params: NewPrice,
  at: (name: string) => string = (name) => name,
): Price {
  const currency = knownCurrency(params.currency, at('currency'))
  if (params.unit_amount === undefined) {
    throw invalid(
      `Prices require an \`${at('unit_amount')}\` or \`${at('unit_amount_decimal')}\` parameter to be set.`,
      { code: 'parameter_missing', param: at('unit_amount') },
    )
  }
  const amount = validAmount(params.unit_amount, currency, at('unit_amount'))
  const price = books.put('price', {
    id: newId('price'),
    object: 'price',
    active: params.active ?? true,
    billing_scheme: 'per_unit',
    created: books.now,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: mergedMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product: productOf(books, params, at),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  })
  books.tell('price.created', price)
  return price
}

export function priceCalls(api: Api): void {
  api.on(
    'post /v1/prices',
    ['currency', 'unit_amount', 'product', 'product_data', 'nickname', 'metadata', 'active'],
    (books, params) => addPrice(books, params),
  )

  api.on('get /v1/prices/{id}', [], (books, _, id) => books.get('price', id))

  api.on('post /v1/prices/{id}', ['active', 'nickname', 'metadata'], (books, params, id) => {
    const before = books.get('price', id)
    const after = books.put('price', {
      ...before,
      active: params.active ?? before.active,
      nickname: params.nickname ?? before.nickname,
      metadata: mergedMetadata(before.metadata, params.metadata),
    })
    books.tell('price.updated', after)
    return after
  })

  api.on(
    'get /v1/prices',
    ['limit', 'starting_after', 'ending_before', 'active', 'created', 'currency', 'product'],
    (books, params) => {
      const { active, created, currency, product } = params
      const rows = rowsOf(
        books,
        'price',
        (price) =>
          (active === undefined || price.active === active) &&
          (currency === undefined || price.currency === currency) &&
          (product === undefined || price.product === product) &&
          within(price.created, created),
      )
      return listOf(rows, params, '/v1/prices')
    },
  )
}
