import type { Known } from './known.ts'

export const price = (amount: number, currency: string) =>
  `product_data[name]=Design&currency=${currency}&unit_amount=${amount}`
export const item = (id: string, at = 0) =>
  `line_items[${at}][price]=${id}&line_items[${at}][quantity]=1`
export const linkWith = (more: string) => (its: Known) => `${item(its.price)}&${more}`
export const sold = (amount: number, currency: string, quantity = 1) =>
  `line_items[0][price_data][currency]=${currency}&line_items[0][price_data][unit_amount]=${amount}` +
  `&line_items[0][price_data][product_data][name]=Design&line_items[0][quantity]=${quantity}`
export const many = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at)).join('&')
