import type { Stripe } from 'stripe'
import type { Method } from './methods.ts'

type Details = Stripe.Charge.PaymentMethodDetails

const card: Stripe.Charge.PaymentMethodDetails.Card = {
  amount_authorized: null,
  authorization_code: '123456',
  brand: 'visa',
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  electronic_commerce_indicator: null,
  exp_month: 12,
  exp_year: 2034,
  fingerprint: 'LocalFingerprint',
  funding: 'credit',
  installments: null,
  last4: '4242',
  mandate: null,
  network: 'visa',
  network_transaction_id: null,
  regulated_status: 'unregulated',
  three_d_secure: null,
  transaction_link_id: null,
  wallet: null,
}

/** The test numbers of https://docs.stripe.com/testing */
export function detailsOf(method: Method, declined: boolean): Details {
  switch (method) {
    case 'card':
      return { type: 'card', card: { ...card, last4: declined ? '0002' : '4242' } }
    case 'us_bank_account':
      return {
        type: 'us_bank_account',
        us_bank_account: {
          account_holder_type: 'company',
          account_type: 'checking',
          bank_name: 'STRIPE TEST BANK',
          fingerprint: 'LocalFingerprint',
          last4: '6789',
          payment_reference: null,
          routing_number: '110000000',
        },
      }
    case 'sepa_debit':
      return {
        type: 'sepa_debit',
        sepa_debit: {
          bank_code: '19043',
          branch_code: '',
          country: 'AT',
          fingerprint: 'LocalFingerprint',
          last4: '3201',
          mandate: null,
        },
      }
    case 'bacs_debit':
      return {
        type: 'bacs_debit',
        bacs_debit: {
          fingerprint: 'LocalFingerprint',
          last4: '2345',
          mandate: null,
          sort_code: '108800',
        },
      }
  }
}
