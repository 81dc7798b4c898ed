import type { Stripe } from 'stripe'

/** What each call takes, in the SDK's words. `params.json` beside this file is generated from it. */
export interface Operations {
  'get /v1/account': Stripe.AccountRetrieveParams
  'post /v1/products': Stripe.ProductCreateParams
  'post /v1/products/{id}': Stripe.ProductUpdateParams
  'get /v1/products/{id}': Stripe.ProductRetrieveParams
  'get /v1/products': Stripe.ProductListParams
  'post /v1/prices': Stripe.PriceCreateParams
  'post /v1/prices/{id}': Stripe.PriceUpdateParams
  'get /v1/prices/{id}': Stripe.PriceRetrieveParams
  'get /v1/prices': Stripe.PriceListParams
  'post /v1/payment_links': Stripe.PaymentLinkCreateParams
  'post /v1/payment_links/{id}': Stripe.PaymentLinkUpdateParams
  'get /v1/payment_links/{id}': Stripe.PaymentLinkRetrieveParams
  'get /v1/payment_links': Stripe.PaymentLinkListParams
  'get /v1/payment_links/{id}/line_items': Stripe.PaymentLinkListLineItemsParams
  'get /v1/checkout/sessions/{id}': Stripe.Checkout.SessionRetrieveParams
  'get /v1/checkout/sessions': Stripe.Checkout.SessionListParams
  'get /v1/checkout/sessions/{id}/line_items': Stripe.Checkout.SessionListLineItemsParams
  'post /v1/checkout/sessions/{id}/expire': Stripe.Checkout.SessionExpireParams
  'get /v1/payment_intents/{id}': Stripe.PaymentIntentRetrieveParams
  'get /v1/payment_intents': Stripe.PaymentIntentListParams
  'get /v1/charges/{id}': Stripe.ChargeRetrieveParams
  'get /v1/charges': Stripe.ChargeListParams
  'post /v1/refunds': Stripe.RefundCreateParams
  'post /v1/refunds/{id}': Stripe.RefundUpdateParams
  'get /v1/refunds/{id}': Stripe.RefundRetrieveParams
  'get /v1/refunds': Stripe.RefundListParams
  'get /v1/disputes/{id}': Stripe.DisputeRetrieveParams
  'get /v1/disputes': Stripe.DisputeListParams
  'get /v1/events/{id}': Stripe.EventRetrieveParams
  'get /v1/events': Stripe.EventListParams
  'post /v1/webhook_endpoints': Stripe.WebhookEndpointCreateParams
  'post /v1/webhook_endpoints/{id}': Stripe.WebhookEndpointUpdateParams
  'get /v1/webhook_endpoints/{id}': Stripe.WebhookEndpointRetrieveParams
  'get /v1/webhook_endpoints': Stripe.WebhookEndpointListParams
  'delete /v1/webhook_endpoints/{id}': Stripe.WebhookEndpointDeleteParams
  'get /v1/balance_transactions/{id}': Stripe.BalanceTransactionRetrieveParams
  'get /v1/balance_transactions': Stripe.BalanceTransactionListParams
}
