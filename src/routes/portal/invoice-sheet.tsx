import type { PropsWithChildren } from 'hono/jsx'
import type { InvoiceLine } from '../../db/schema/invoices.ts'
import type { BankDetails } from '../../db/schema/organizations.ts'
import type { Buyer } from '../../db/schema/portals.ts'
import type { ClientInvoicePage, ClientPayment } from '../../features/links/invoice-page.ts'
import { formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { Lines } from '../../ui/lines.tsx'
import { InvoiceTag } from './invoice-tag.tsx'

/** The addresses of an invoice's PDF, and of those that belong to it. */
export interface Papers {
  pdf: string
  creditNote: (id: string) => string
  receipt: (id: string) => string
}

interface SheetProps {
  invoice: ClientInvoicePage
  today: string
  papers: Papers
}

interface Money {
  money: (amount: number) => string
}

/** The invoice itself, as it goes onto paper. */
export const InvoiceSheet = ({ invoice, today, papers }: SheetProps) => {
  const { number, seller, buyer, currency, locale, notes, reverseCharge } = invoice
  const money = (amount: number) => formatMoney(amount, currency, locale)
  const day = (date: string) => formatDay(date, locale)
  return (
    <article class="panel sheet">
      <div class="parties">
        <Party label="From" {...seller} />
        <Party label="To" {...buyer} />
        <dl class="facts">
          <Fact name="Invoice">{number}</Fact>
          <Fact name="Status">
            <InvoiceTag invoice={invoice} today={today} />
          </Fact>
          <Fact name="Issued">{day(invoice.issuedOn)}</Fact>
          {invoice.supplyOn !== null && <Fact name="Supplied">{day(invoice.supplyOn)}</Fact>}
          <Fact name="Due">{day(invoice.dueOn)}</Fact>
        </dl>
      </div>
      <LineTable lines={invoice.lines} money={money} />
      <Sums invoice={invoice} money={money} />
      {reverseCharge === 1 && (
        <p class="said">
          Reverse charge: the tax on this invoice is for the customer to account for.
        </p>
      )}
      {notes !== '' && (
        <p class="said">
          <Lines text={notes} />
        </p>
      )}
      {invoice.balance > 0 && seller.bank && (
        <Bank
          bank={seller.bank}
          reference={number}
          balance={invoice.balance}
          currency={currency}
          money={money}
        />
      )}
      {invoice.payments.length > 0 && (
        <section aria-labelledby="payments">
          <h2 id="payments">Payments</h2>
          <ul class="moves">
            {invoice.payments.map((payment) => (
              <li>
                <span>
                  {paymentWords(payment)}
                  <small>
                    {day(payment.receivedOn)}
                    {payment.kind === 'payment' && payment.state === 'succeeded' && (
                      <span class="pdf">
                        {' · '}
                        <a href={papers.receipt(payment.id)}>
                          Receipt<span class="unseen"> of {money(payment.amount)} as PDF</span>
                        </a>
                      </span>
                    )}
                  </small>
                </span>
                <span class="num">
                  {payment.kind === 'payment' ? '' : '−'}
                  {money(payment.amount)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {invoice.creditNotes.length > 0 && (
        <section aria-labelledby="credited">
          <h2 id="credited">Credit notes</h2>
          <ul class="moves">
            {invoice.creditNotes.map(({ id, number: name, amount, reason, issuedOn }) => (
              <li>
                <span>
                  {name} · <bdi>{reason}</bdi>
                  <small>
                    {day(issuedOn)}
                    <span class="pdf">
                      {' · '}
                      <a href={papers.creditNote(id)}>
                        PDF<span class="unseen"> of {name}</span>
                      </a>
                    </span>
                  </small>
                </span>
                <span class="num">−{money(amount)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}

const Party = ({ label, name, address, taxId }: Buyer & { label: string }) => (
  <div>
    <span class="label">{label}</span>
    <p>
      <b>
        <bdi>{name}</bdi>
      </b>
      {address && (
        <>
          <br />
          <Lines text={address} />
        </>
      )}
      {taxId && (
        <>
          <br />
          {taxId}
        </>
      )}
    </p>
  </div>
)

const Fact = ({ name, children }: PropsWithChildren<{ name: string }>) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const LineTable = ({ lines, money }: Money & { lines: readonly InvoiceLine[] }) => {
  const taxed = lines.some(({ taxRate }) => taxRate !== null)
  return (
    <table class="lines" aria-label="What is billed">
      <thead>
        <tr>
          <th>Description</th>
          <th class="wide">Quantity</th>
          <th class="wide">Price</th>
          {taxed && <th class="wide">Tax</th>}
          <th>Amount</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ description, quantity, unitAmount, taxRate, amount }) => (
          <tr>
            <td>
              <bdi>{description}</bdi>
              {/* On a narrow screen, in place of the columns. */}
              <small class="narrow">
                {quantity} × {money(unitAmount)}
                {taxRate !== null && ` · ${taxRate}% tax`}
              </small>
            </td>
            <td class="num wide">{quantity}</td>
            <td class="num wide">{money(unitAmount)}</td>
            {taxed && <td class="num wide">{taxRate === null ? '—' : `${taxRate}%`}</td>}
            <td class="num">{money(amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** From the lines to what is left to pay. */
const Sums = ({ invoice, money }: Money & { invoice: ClientInvoicePage }) => {
  const { prices, subtotal, discount, discountPercent, taxes, total, credited } = invoice
  const { status, balance, credit } = invoice
  const net = invoice.paid - invoice.refunded - invoice.reversed
  const gross = prices === 'gross'
  const taxRows = taxes.map(({ rate, base, tax }) => (
    <Fact name={`${gross ? 'Includes tax' : 'Tax'} ${rate}% on ${money(base)}`}>{money(tax)}</Fact>
  ))
  return (
    <dl class="sums">
      {(discount > 0 || (!gross && taxes.length > 0)) && (
        <Fact name="Subtotal">{money(subtotal)}</Fact>
      )}
      {discount > 0 && (
        <Fact name={discountPercent === null ? 'Discount' : `Discount ${discountPercent}%`}>
          −{money(discount)}
        </Fact>
      )}
      {!gross && taxRows}
      <div class="total">
        <dt>Total</dt>
        <dd>{money(total)}</dd>
      </div>
      {gross && taxRows}
      {credited > 0 && <Fact name="Credited">−{money(credited)}</Fact>}
      {net > 0 && <Fact name="Paid">−{money(net)}</Fact>}
      {status === 'open' && (net > 0 || credited > 0) && (
        <div class="total">
          <dt>Left to pay</dt>
          <dd>{money(balance)}</dd>
        </div>
      )}
      {credit > 0 && <Fact name="In your favour">{money(credit)}</Fact>}
    </dl>
  )
}

const inFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ')

interface BankProps extends Money {
  bank: BankDetails
  reference: string
  balance: number
  currency: string
}

/** Loaded where there can be a code: it is for euros. */
const Code = async ({ bank, reference, balance: amount, currency }: BankProps) => {
  if (currency !== 'EUR' || bank.iban === null) return null
  const { EpcCode } = await import('./epc-code.tsx')
  return <EpcCode transfer={{ bank, reference, amount, currency }} />
}

export const Bank = (props: BankProps) => {
  const { bank, reference, balance, money } = props
  return (
    <section aria-labelledby="bank" class="transfer">
      <h2 id="bank">Pay by bank transfer</h2>
      <dl class="facts">
        <Fact name="To">
          <bdi>{bank.holder}</bdi>
        </Fact>
        {bank.iban && (
          <Fact name="IBAN">
            <span class="num">{inFours(bank.iban)}</span>
          </Fact>
        )}
        {bank.bic && (
          <Fact name="BIC">
            <span class="num">{bank.bic}</span>
          </Fact>
        )}
        {bank.details && (
          <Fact name="Details">
            <Lines text={bank.details} />
          </Fact>
        )}
        <Fact name="Reference">
          <span class="num">{reference}</span>
        </Fact>
        <Fact name="Amount">
          <span class="num">{money(balance)}</span>
        </Fact>
      </dl>
      <Code {...props} />
    </section>
  )
}

const ways: Record<ClientPayment['method'], string> = {
  bank: 'bank transfer',
  cash: 'cash',
  check: 'cheque',
  card: 'card',
  stripe: 'card or bank, online',
  other: 'other means',
}

const means = { card: 'card', debit: 'bank debit' } as const

function paymentWords({ kind, method, means: came, state }: ClientPayment): string {
  const pending = state === 'pending'
  if (kind === 'refund') return pending ? 'On its way back to you' : 'Paid back to you'
  if (kind === 'reversal') return pending ? 'Payment disputed' : 'Payment taken back'
  const way = came === null ? ways[method] : means[came]
  const by = `by ${way}`
  if (state === 'failed') return `Payment did not go through (${way})`
  return `${pending ? 'Payment on its way' : 'Payment'} ${by}`
}
