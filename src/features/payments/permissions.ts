import type { StripePermission } from '../../platform/stripe.ts'

export interface PermissionWords {
  /** As Stripe's page for restricted keys calls it. */
  name: string
  access: 'Write' | 'Read'
  /** What we do by it. */
  use: string
}

/** What a restricted key needs, in the order of what is missed most. */
export const permissionsNeeded: Record<StripePermission, PermissionWords> = {
  payment_links_write: {
    name: 'Payment Links',
    access: 'Write',
    use: 'make the link behind “Pay now”, and switch it off',
  },
  products_write: { name: 'Products', access: 'Write', use: 'say on it what is paid for' },
  prices_write: { name: 'Prices', access: 'Write', use: 'say how much' },
  checkout_sessions_write: {
    name: 'Checkout Sessions',
    access: 'Write',
    use: 'end what a client began when the amount has changed',
  },
  payment_intents_read: {
    name: 'PaymentIntents',
    access: 'Read',
    use: 'see how a payment stands',
  },
  refunds_write: { name: 'Charges and Refunds', access: 'Write', use: 'give money back' },
  disputes_read: { name: 'Disputes', access: 'Read', use: 'see what a bank takes back' },
  events_read: {
    name: 'Events',
    access: 'Read',
    use: 'find payments whose webhook never arrived',
  },
}
