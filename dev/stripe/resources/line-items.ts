import type { Stripe } from 'stripe'
import { onlyHeard } from '../api/unheard.ts'
import type { Books } from '../books.ts'
import { chargeable } from '../currencies.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import type { LineItem, Price } from '../rows.ts'
import { addPrice } from './prices.ts'

type Given = Stripe.PaymentLinkCreateParams.LineItem

function activePrice(books: Books, id: string, param: string): Price {
  const price = books.get('price', id, param)
  if (price.active) return price
  throw invalid('The price specified is inactive. This field only accepts active prices.', {
    param,
  })
}

function priceOf(books: Books, item: Given, at: string): Price {
  const { price, price_data: made } = item
  if (price !== undefined && made === undefined) return activePrice(books, price, `${at}[price]`)
  if (made === undefined || price !== undefined) {
    throw invalid(`You must specify either \`price\` or \`price_data\` for each line item.`, {
      param: at,
    })
  }
  onlyHeard(made, ['currency', 'product', 'product_data', 'unit_amount'], `${at}[price_data]`)
  const about = made.product_data
  onlyHeard(about, ['name', 'description', 'metadata'], `${at}[price_data][product_data]`)
  return addPrice(books, made, (name) => `${at}[price_data][${name}]`)
}

function lineItem(books: Books, item: Given, at: string): LineItem {
  onlyHeard(item, ['price', 'price_data', 'quantity'], at)
  if (item.quantity < 1) {
    throw invalid('Invalid positive integer', {
      code: 'parameter_invalid_integer',
      param: `${at}[quantity]`,
    })
  }
  const price = priceOf(books, item, at)
  const amount = (price.unit_amount ?? 0) * item.quantity
  const product = books.find('product', String(price.product))
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: {},
    price,
    quantity: item.quantity,
  }
}

export const totalOf = (items: LineItem[]): number =>
  items.reduce((sum, item) => sum + item.amount_total, 0)

/** What is sold, all in one currency and of an amount that can be charged. */
export function lineItems(
  books: Books,
  given: Given[],
  wanted: string | undefined,
): { items: LineItem[]; currency: string } {
  if (given.length === 0 || given.length > 20) {
    throw invalid('You must specify between 1 and 20 line items.', { param: 'line_items' })
  }
  const items = given.map((item, index) => lineItem(books, item, `line_items[${index}]`))
  const currency = items[0]?.currency ?? ''
  const other = items.findIndex((item) => item.currency !== currency)
  if (other > 0) {
    throw invalid(
      `All prices must be of the same currency: ${currency} was expected, and ${items[other]?.currency} given.`,
      { param: `line_items[${other}]` },
    )
  }
  if (wanted !== undefined && wanted.toLowerCase() !== currency) {
    throw invalid(`The prices have no amount in ${wanted}.`, { param: 'currency' })
  }
  chargeable(totalOf(items), currency, 'line_items')
  return { items, currency }
}
