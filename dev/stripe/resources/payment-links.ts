import type { Stripe } from 'stripe'
import type { Api } from '../api/api.ts'
import { listOf, rowsOf } from '../api/lists.ts'
import { onlyHeard } from '../api/unheard.ts'
import { currencyOf, isMethod } from '../checkout/methods.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { lineItems } from './line-items.ts'
import { mergedMetadata } from './metadata.ts'

type Link = Stripe.PaymentLink

/** The most that a buyer is ever shown of a message. */
const longest = 500

function shortText(text: string | null | undefined, param: string): string | null {
  if (text === undefined || text === null || text === '') return null
  if (text.length <= longest) return text
  throw invalid(`Invalid string: ${text.slice(0, 20)}...; must be at most ${longest} characters`, {
    param,
  })
}

export function webAddress(text: string, param: string): string {
  if (/^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text)) return text
  throw invalid('Not a valid URL', { code: 'url_invalid', param })
}

function afterCompletion(
  given: Stripe.PaymentLinkCreateParams.AfterCompletion | undefined,
): Link['after_completion'] {
  const at = 'after_completion'
  if (given?.type === 'redirect') {
    const { redirect } = given
    if (!redirect) {
      throw invalid(`You must pass \`${at}[redirect]\` when \`${at}[type]\` is \`redirect\`.`, {
        code: 'parameter_missing',
        param: `${at}[redirect]`,
      })
    }
    return { type: 'redirect', redirect: { url: webAddress(redirect.url, `${at}[redirect][url]`) } }
  }
  if (given?.redirect) {
    throw invalid(`You can only pass \`${at}[redirect]\` when \`${at}[type]\` is \`redirect\`.`, {
      param: `${at}[redirect]`,
    })
  }
  const message = given?.hosted_confirmation?.custom_message
  return {
    type: 'hosted_confirmation',
    hosted_confirmation: {
      custom_message: shortText(message, `${at}[hosted_confirmation][custom_message]`),
    },
  }
}

function methodTypes(given: string[], currency: string): Link['payment_method_types'] {
  if (given.length === 0) return null
  for (const [index, method] of given.entries()) {
    const param = `payment_method_types[${index}]`
    if (!isMethod(method)) {
      throw invalid(`The local Stripe plays no payments by ${method} yet.`, {
        code: 'not_implemented_locally',
        param,
      })
    }
    if (method !== 'card' && currencyOf(method) !== currency) {
      throw invalid(
        `The currency provided (${currency}) is invalid for one or more payment methods: ${method} takes ${currencyOf(method)} alone.`,
        { param },
      )
    }
  }
  return given.filter(isMethod)
}

function limitOf(given: { completed_sessions: { limit: number } } | undefined): number | undefined {
  const limit = given?.completed_sessions.limit
  if (limit === undefined || limit >= 1) return limit
  throw invalid(`This value must be greater than or equal to 1 (it currently is '${limit}').`, {
    code: 'parameter_invalid_integer',
    param: 'restrictions[completed_sessions][limit]',
  })
}

type IntentData = Stripe.PaymentLinkCreateParams.PaymentIntentData | undefined

function intentData(given: IntentData): Link['payment_intent_data'] {
  if (!given) return null
  onlyHeard(given, ['description', 'metadata'], 'payment_intent_data')
  return {
    capture_method: null,
    description: given.description ?? null,
    metadata: mergedMetadata({}, given.metadata),
    setup_future_usage: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_group: null,
  }
}

export function paymentLinkCalls(api: Api): void {
  api.on(
    'post /v1/payment_links',
    [
      'line_items',
      'currency',
      'after_completion',
      'inactive_message',
      'metadata',
      'payment_intent_data',
      'payment_method_types',
      'restrictions',
      'submit_type',
    ],
    (books, params) => {
      const { items, currency } = lineItems(books, params.line_items, params.currency)
      const id = newId('plink')
      const limit = limitOf(params.restrictions)
      const link = books.put('payment_link', {
        id,
        object: 'payment_link',
        active: true,
        after_completion: afterCompletion(params.after_completion),
        allow_promotion_codes: false,
        application: null,
        application_fee_amount: null,
        application_fee_percent: null,
        automatic_tax: { enabled: false, liability: null },
        billing_address_collection: 'auto',
        consent_collection: null,
        currency,
        custom_fields: [],
        custom_text: {
          after_submit: null,
          shipping_address: null,
          submit: null,
          terms_of_service_acceptance: null,
        },
        customer_creation: 'if_required',
        inactive_message: shortText(params.inactive_message, 'inactive_message'),
        invoice_creation: null,
        livemode: false,
        managed_payments: null,
        metadata: mergedMetadata({}, params.metadata),
        on_behalf_of: null,
        optional_items: null,
        payment_intent_data: intentData(params.payment_intent_data),
        payment_method_collection: 'always',
        payment_method_options: null,
        payment_method_types: methodTypes(params.payment_method_types ?? [], currency),
        phone_number_collection: { enabled: false },
        restrictions: limit === undefined ? null : { completed_sessions: { count: 0, limit } },
        shipping_address_collection: null,
        shipping_options: [],
        submit_type: params.submit_type ?? 'auto',
        subscription_data: null,
        tax_id_collection: { enabled: false, required: 'never' },
        transfer_data: null,
        url: `${books.url}/b/${id.replace('plink_', 'test_')}`,
      })
      books.put('basket', { id, items })
      books.tell('payment_link.created', link)
      return link
    },
  )

  api.on('get /v1/payment_links/{id}', [], (books, _, id) => books.get('payment_link', id))

  api.on(
    'post /v1/payment_links/{id}',
    ['active', 'after_completion', 'inactive_message', 'metadata', 'restrictions'],
    (books, params, id) => {
      const before = books.get('payment_link', id)
      const count = before.restrictions?.completed_sessions.count ?? 0
      const { restrictions } = params
      const limit = limitOf(restrictions || undefined)
      const after: Link = {
        ...before,
        active: params.active ?? before.active,
        after_completion:
          params.after_completion === undefined
            ? before.after_completion
            : afterCompletion(params.after_completion),
        inactive_message:
          params.inactive_message === undefined
            ? before.inactive_message
            : shortText(params.inactive_message, 'inactive_message'),
        metadata: mergedMetadata(before.metadata, params.metadata),
        restrictions:
          restrictions === undefined
            ? before.restrictions
            : limit === undefined
              ? null
              : { completed_sessions: { count, limit } },
      }
      const reached = after.restrictions?.completed_sessions
      if (params.active === true && reached && reached.count >= reached.limit) {
        throw invalid(
          'This payment link has reached its limit of completed sessions. Raise the limit to make it active again.',
          { param: 'active' },
        )
      }
      books.put('payment_link', after)
      books.tell('payment_link.updated', after)
      return after
    },
  )

  api.on(
    'get /v1/payment_links',
    ['limit', 'starting_after', 'ending_before', 'active'],
    (books, params) => {
      const { active } = params
      const rows = rowsOf(
        books,
        'payment_link',
        (link) => active === undefined || link.active === active,
      )
      return listOf(rows, params, '/v1/payment_links')
    },
  )

  api.on(
    'get /v1/payment_links/{id}/line_items',
    ['limit', 'starting_after', 'ending_before'],
    (books, params, id) => {
      books.get('payment_link', id)
      return listOf(books.get('basket', id).items, params, `/v1/payment_links/${id}/line_items`)
    },
  )
}
