import type { Stripe } from 'stripe'
import type { Api } from '../api/api.ts'
import { listOf, rowsOf, within } from '../api/lists.ts'
import type { Books } from '../books.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { mergedMetadata } from './metadata.ts'

interface NewProduct {
  id?: string
  name: string
  description?: string
  metadata?: Stripe.MetadataParam
  active?: boolean
  images?: string[]
  url?: string
}

export function addProduct(books: Books, params: NewProduct): Stripe.Product {
  const id = params.id ?? newId('prod', 14)
  if (books.find('product', id)) {
    throw invalid('Product already exists.', { code: 'resource_already_exists', param: 'id' })
  }
  const product = books.put('product', {
    id,
    object: 'product',
    active: params.active ?? true,
    created: books.now,
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergedMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: books.now,
    url: params.url ?? null,
  })
  books.tell('product.created', product)
  return product
}

export function productCalls(api: Api): void {
  api.on(
    'post /v1/products',
    ['id', 'name', 'description', 'metadata', 'active', 'images', 'url'],
    addProduct,
  )

  api.on('get /v1/products/{id}', [], (books, _, id) => books.get('product', id))

  api.on('post /v1/products/{id}', ['name', 'active', 'metadata'], (books, params, id) => {
    const before = books.get('product', id)
    const after = books.put('product', {
      ...before,
      name: params.name ?? before.name,
      active: params.active ?? before.active,
      metadata: mergedMetadata(before.metadata, params.metadata),
      updated: books.now,
    })
    books.tell('product.updated', after)
    return after
  })

  api.on(
    'get /v1/products',
    ['limit', 'starting_after', 'ending_before', 'active', 'created', 'ids'],
    (books, params) => {
      const { active, created, ids } = params
      const rows = rowsOf(
        books,
        'product',
        (product) =>
          (active === undefined || product.active === active) &&
          (ids === undefined || ids.includes(product.id)) &&
          within(product.created, created),
      )
      return listOf(rows, params, '/v1/products')
    },
  )
}
