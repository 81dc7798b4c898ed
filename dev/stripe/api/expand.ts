import type { Books } from '../books.ts'
import { invalid } from '../errors.ts'
import type { Kind } from '../rows.ts'
import { listOf, rowsOf } from './lists.ts'

interface Fields {
  [name: string]: unknown
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields that hold an id and can hold the object. https://docs.stripe.com/expand */
const kinds: Record<string, Kind> = {
  balance_transaction: 'balance_transaction',
  charge: 'charge',
  latest_charge: 'charge',
  payment_intent: 'payment_intent',
  payment_link: 'payment_link',
  price: 'price',
  default_price: 'price',
  product: 'product',
}

/** Lists that an object only carries when asked. */
function carried(books: Books, object: Fields, name: string): unknown {
  const id = String(object['id'])
  if (name === 'line_items' && object['object'] === 'payment_link') {
    return listOf(books.get('basket', id).items, {}, `/v1/payment_links/${id}/line_items`)
  }
  if (name === 'line_items' && object['object'] === 'checkout.session') {
    return listOf(books.get('basket', id).items, {}, `/v1/checkout/sessions/${id}/line_items`)
  }
  if (name === 'refunds' && object['object'] === 'charge') {
    const refunds = rowsOf(books, 'refund', (refund) => refund.charge === id)
    return listOf(refunds, {}, `/v1/charges/${id}/refunds`)
  }
  return undefined
}

function along(
  books: Books,
  value: unknown,
  path: string[],
  whole: string,
  param: string,
): unknown {
  const [name = '', ...rest] = path
  if (name === '') return value
  if (Array.isArray(value)) return value.map((each) => along(books, each, path, whole, param))
  if (!isFields(value)) return value
  const found = carried(books, value, name) ?? value[name]
  const kind = kinds[name]
  if (typeof found === 'string' && kind) {
    const inner = books.find(kind, found)
    return { ...value, [name]: inner ? along(books, inner, rest, whole, param) : found }
  }
  if (found === null && kind) return value
  if (isFields(found) || Array.isArray(found)) {
    return { ...value, [name]: along(books, found, rest, whole, param) }
  }
  throw invalid(
    `This property cannot be expanded (${whole}). You may want to try expanding 'data.${whole}' instead if you are attempting to expand a list.`,
    { param },
  )
}

export function expanded(books: Books, answer: object, paths: string[] = []): object {
  let value: unknown = answer
  for (const [index, path] of paths.entries()) {
    const names = path.split('.')
    if (names.length > 4) {
      throw invalid('You cannot expand more than 4 levels of a property.', {
        param: `expand[${index}]`,
      })
    }
    value = along(books, value, names, path, `expand[${index}]`)
  }
  return isFields(value) ? value : answer
}
