import type { InvoiceItem } from '../../features/invoices/queries.ts'
import { sumRows } from '../../features/invoices/typed.ts'
import type { House } from '../../features/portals/with-invoices.ts'
import type { Seller } from '../../db/schema/invoices.ts'
import { formatDay } from '../../lib/day.ts'
import { Lines } from '../../ui/lines.tsx'
import { LineTable } from './invoice-lines.tsx'
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
      <LineTable lines={lines} currency={currency} locale={locale} />
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
