import type { SavedLineItem, TaxRateItem } from '../../features/portals/with-invoices.ts'
import { totalsOf } from '../../features/invoices/totals.ts'
import {
  billedBy,
  linesOf,
  sumRows,
  type Style,
  type SumRow,
  type TypedLine,
} from '../../features/invoices/typed.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeAmount, writeNumber } from '../../lib/typed.ts'
import type { FormState } from '../../ui/fields.tsx'

interface LineFieldsProps {
  form: FormState
  style: Style
  rates: readonly TaxRateItem[]
  /** What may be put in with one click, in the currency of the form. */
  saved: readonly SavedLineItem[]
  /** What an empty quantity means. */
  none: '0' | '1'
}

/** The lines of an invoice or a credit note, with what they come to. Without a script, the server redraws them. */
export const LineFields = ({ form, style, rates, saved, none }: LineFieldsProps) => {
  const lines = linesOf(form.values)
  const billed = billedBy(form.values, style, none)
  const totals = totalsOf(billed)
  const amountOf = (at: number) => {
    const index = billed.lines.findIndex((line) => line.at === at)
    const amount = totals.amounts[index]
    return amount === undefined ? '' : formatMoney(amount, style.currency, style.locale)
  }
  return (
    <invoice-lines data-currency={style.currency} data-locale={style.locale} data-none={none}>
      <div class="bill-lines">
        <div class="bill-line bill-head" aria-hidden="true">
          <span>Description</span>
          <span class="r">Quantity</span>
          <span class="r">Price</span>
          <span class="r">Tax %</span>
          <span class="r">Amount</span>
          <span />
        </div>
        {lines.map((line, index) => (
          <Line
            form={form}
            line={line}
            number={index + 1}
            none={none}
            amount={amountOf(line.at)}
            style={style}
          />
        ))}
      </div>
      <datalist id="rates">
        {rates.map(({ name, rate }) => (
          <option value={writeNumber(rate, style.locale)}>{name}</option>
        ))}
      </datalist>
      <div class="actions bill-more">
        <button class="btn" name="do" value="add">
          Add a line
        </button>
        {saved.length > 0 && (
          <span class="bill-saved">
            <select name="saved" aria-label="A saved line">
              {saved.map((line) => (
                <option
                  value={line.id}
                  data-description={line.description}
                  data-quantity={writeNumber(line.quantity, style.locale)}
                  data-unit-amount={writeAmount(line.unitAmount, style.currency, style.locale)}
                  data-tax-rate={
                    line.taxRate === null ? '' : writeNumber(line.taxRate, style.locale)
                  }
                >
                  {line.description} · {formatMoney(line.unitAmount, style.currency, style.locale)}
                </option>
              ))}
            </select>
            <button class="btn" name="do" value="saved">
              Put in
            </button>
          </span>
        )}
      </div>
      <SumList rows={sumRows(totals, billed.prices, style)} />
    </invoice-lines>
  )
}

export const SumList = ({ rows }: { rows: readonly SumRow[] }) => (
  <dl class="sums" data-sums>
    {rows.map(({ label, amount, whole }) => (
      <div class={whole ? 'whole-sum' : undefined}>
        <dt>{label}</dt>
        <dd class="num">{amount}</dd>
      </div>
    ))}
  </dl>
)

interface LineProps {
  form: FormState
  line: TypedLine
  number: number
  none: string
  amount: string
  style: Style
}

const Line = ({ form, line, number, none, amount, style }: LineProps) => {
  const name = (field: string) => `lines.${line.at}.${field}`
  const wrong = form.errors.filter(({ path }) => path.startsWith(`lines.${line.at}.`))
  const is = (field: string) =>
    wrong.some(({ path }) => path === name(field))
      ? { 'aria-invalid': 'true' as const, 'aria-describedby': `wrong-${line.at}` }
      : {}
  return (
    <div class="bill-line" role="group" aria-label={`Line ${number}`}>
      <label class="bill-what">
        <span>Description</span>
        <input
          name={name('description')}
          value={line.description}
          maxlength={300}
          autocomplete="off"
          {...is('description')}
        />
      </label>
      <label>
        <span>Quantity</span>
        <input
          name={name('quantity')}
          value={line.quantity}
          class="num r"
          inputmode="decimal"
          maxlength={30}
          placeholder={none}
          autocomplete="off"
          {...is('quantity')}
        />
      </label>
      <label>
        <span>Price</span>
        <input
          name={name('unitAmount')}
          value={line.unitAmount}
          class="num r"
          inputmode="decimal"
          maxlength={30}
          placeholder={writeAmount(0, style.currency, style.locale)}
          autocomplete="off"
          {...is('unitAmount')}
        />
      </label>
      <label>
        <span>Tax %</span>
        <input
          name={name('taxRate')}
          value={line.taxRate}
          class="num r"
          inputmode="decimal"
          maxlength={12}
          list="rates"
          placeholder="none"
          autocomplete="off"
          {...is('taxRate')}
        />
      </label>
      <output class="num r" data-amount>
        {amount}
      </output>
      <button class="btn quiet" name="remove" value={String(line.at)}>
        <span aria-hidden="true">×</span>
        <span class="unseen">Remove line {number}</span>
      </button>
      {wrong.length > 0 && (
        <p class="error" id={`wrong-${line.at}`}>
          {wrong.map(({ message }) => message).join(' ')}
        </p>
      )}
    </div>
  )
}
