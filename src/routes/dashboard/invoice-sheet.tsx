import type { InvoiceItem } from '../../features/invoices/queries.ts'
import { sumRows } from '../../features/invoices/typed.ts'
import type { House } from '../../features/portals/with-invoices.ts'
import type { Seller } from '../../db/schema/invoices.ts'
import { formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeNumber } from '../../lib/typed.ts'
import { Lines } from '../../ui/lines.tsx'
import { SumList } from './line-fields.tsx'

interface InvoiceSheetProps {
  invoice: InvoiceItem
  house: House
  /** The organisation's; an issued invoice has its own. */
  locale: string
}

const sellerNow = ({ name, legalName, address, taxId, bank }: House): Seller => ({
  name: legalName ?? name,
  address,
  taxId,
  bank,
})

/** What an invoice says, as it was frozen; of a draft, as it would be if it were issued now. */
export const InvoiceSheet = ({ invoice, house, locale: here }: InvoiceSheetProps) => {
  const { currency, buyer, lines } = invoice
  const locale = invoice.locale ?? here
  const seller = invoice.seller ?? sellerNow(house)
  const money = (amount: number) => formatMoney(amount, currency, locale)
  const day = (of: string) => formatDay(of, locale)
  return (
    <section class="card paper" aria-labelledby="paper">
      <div class="paper-head">
        <h2 id="paper">{invoice.number ? `Invoice ${invoice.number}` : 'Draft of an invoice'}</h2>
        <dl class="paper-days">
          <div>
            <dt>Issued</dt>
            <dd>{invoice.issuedOn ? day(invoice.issuedOn) : 'Not yet'}</dd>
          </div>
          <div>
            <dt>Due</dt>
            <dd>
              {invoice.dueOn
                ? day(invoice.dueOn)
                : house.paymentTerms === 0
                  ? 'On the day of issue'
                  : `${house.paymentTerms} days after issue`}
            </dd>
          </div>
          {invoice.supplyOn && (
            <div>
              <dt>Supplied</dt>
              <dd>{day(invoice.supplyOn)}</dd>
            </div>
          )}
        </dl>
      </div>
      <div class="pair paper-people">
        <Party label="From" of={seller} />
        <Party label="For" of={buyer} />
      </div>
      <table class="paper-lines">
        <thead>
          <tr>
            <th scope="col">Description</th>
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
          {lines.map(({ description, quantity, unitAmount, taxRate, amount }) => (
            <tr>
              <td>
                <bdi>{description}</bdi>
              </td>
              <td class="fit r num">
                {writeNumber(quantity, locale)}
                <span class="slim"> ×</span>
              </td>
              <td class="fit r num">{money(unitAmount)}</td>
              <td class="fit r num">
                <span class="slim">tax </span>
                {taxRate === null ? '–' : `${writeNumber(taxRate, locale)}%`}
              </td>
              <td class="fit r num">{money(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <SumList rows={sumRows(invoice, invoice.prices, { currency, locale })} />
      {invoice.reverseCharge && <p>Reverse charge: the buyer owes the tax.</p>}
      {invoice.notes !== '' && (
        <p>
          <Lines text={invoice.notes} />
        </p>
      )}
      {seller.bank && (
        <p class="paper-bank">
          <b>Pay to</b> <bdi>{seller.bank.holder}</bdi>
          {seller.bank.iban && (
            <>
              <br />
              IBAN <span class="num">{seller.bank.iban}</span>
            </>
          )}
          {seller.bank.bic && (
            <>
              <br />
              BIC <span class="num">{seller.bank.bic}</span>
            </>
          )}
          {seller.bank.details && (
            <>
              <br />
              <Lines text={seller.bank.details} />
            </>
          )}
        </p>
      )}
    </section>
  )
}

interface PartyProps {
  label: string
  of: { name: string; address: string | null; taxId: string | null }
}

const Party = ({ label, of: { name, address, taxId } }: PartyProps) => (
  <div>
    <p class="label">{label}</p>
    <b>
      <bdi>{name}</bdi>
    </b>
    {address && (
      <p>
        <Lines text={address} />
      </p>
    )}
    {taxId && <p class="num">{taxId}</p>}
  </div>
)
