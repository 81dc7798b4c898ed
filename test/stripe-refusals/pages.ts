// Where Stripe says what it refuses.
export const docs = 'https://docs.stripe.com'
export const codes = `${docs}/error-codes`
export const currencies = `${docs}/currencies`
export const metadata = `${docs}/metadata`
export const links = `${docs}/api/payment-link/create`
export const changes = `${docs}/api/payment-link/update`
export const refunds = `${docs}/api/refunds/create`
export const pages = `${docs}/api/pagination`
export const endpoints = `${docs}/api/webhook_endpoints/create`
