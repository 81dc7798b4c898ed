import { demo } from './demo.ts'

const sold = {
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '124000',
  'line_items[0][price_data][product_data][name]': 'Invoice INV-2026-014',
  'line_items[0][quantity]': '1',
}

/** A payment link of an account that nobody else uses. */
export async function payable(): Promise<string> {
  const response = await fetch(`${demo().stripeUrl}/v1/payment_links`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_only_looked_at' },
    body: new URLSearchParams(sold),
  })
  const { url }: { url: string } = JSON.parse(await response.text())
  return url
}
