import type { InvoiceLine } from '../../db/schema/invoices.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeNumber } from '../../lib/typed.ts'

interface LineTableProps {
  lines: readonly InvoiceLine[]
  currency: string
  locale: string
}

/** So many letters of a line's numbers leave its description room beside them. */
const BESIDE = 32

/** The lines of an invoice; each description above its numbers where those are long. */
export const LineTable = ({ lines, currency, locale }: LineTableProps) => {
  const written = lines.map(({ quantity, unitAmount, taxRate, amount, description }) => ({
    description,
    quantity: writeNumber(quantity, locale),
    price: formatMoney(unitAmount, currency, locale),
    tax: taxRate === null ? '–' : `${writeNumber(taxRate, locale)}%`,
    amount: formatMoney(amount, currency, locale),
  }))
  const longest = (of: (line: (typeof written)[number]) => string) =>
    Math.max(...written.map((line) => of(line).length))
  const numbers =
    longest(({ quantity }) => quantity) +
    longest(({ price }) => price) +
    longest(({ amount }) => amount)
  const above = numbers > BESIDE
  return (
    <table class="paper-lines">
      <thead>
        <tr>
          <th scope="col">
            <span class={above ? 'unseen' : undefined}>Description</span>
          </th>
          <th scope="col" class="fit r">
            Quantity
          </th>
          <th scope="col" class="fit r">
            Price
          </th>
          <th scope="col" class="fit r">
            Tax
          </th>
          <th scope="col" class="fit r">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {written.map(({ description, quantity, price, tax, amount }) => (
          <>
            {above && (
              <tr class="above">
                <td colspan={5}>
                  <bdi>{description}</bdi>
                </td>
              </tr>
            )}
            <tr>
              <td>{!above && <bdi>{description}</bdi>}</td>
              <td class="fit r num">
                {quantity}
                <span class="slim"> ×</span>
              </td>
              <td class="fit r num">{price}</td>
              <td class="fit r num">
                <span class="slim">tax </span>
                {tax}
              </td>
              <td class="fit r num">{amount}</td>
            </tr>
          </>
        ))}
      </tbody>
    </table>
  )
}
