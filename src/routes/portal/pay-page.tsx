import type { PropsWithChildren } from 'hono/jsx'
import type { ClientPay } from '../../features/links/pay.ts'
import type { PayStep } from '../../features/payments/rules.ts'
import { formatMoney } from '../../lib/money.ts'
import { Bank } from './invoice-sheet.tsx'

interface PayPanelProps {
  pay: ClientPay
  step: Exclude<PayStep, { step: 'go' }>
  /** This very page, to look again and to try again. */
  here: string
  /** Whether it looks again by itself. */
  waiting: boolean
  /** Who is paid. */
  team: string
}

/** Why "Pay now" leads to no payment at this moment, and what there is to do. */
export const PayPanel = ({ pay, step, here, waiting, team }: PayPanelProps) => {
  const { number, currency, locale, asked, pending } = pay
  const money = (amount: number) => formatMoney(amount, currency, locale)
  const bank = <ByBank pay={pay} team={team} />
  switch (step.step) {
    case 'moment':
      return waiting ? (
        <Said title="One moment …">
          <p role="status">
            The page on which you pay {money(asked)} is being made. You are taken there by itself in
            a few seconds.
          </p>
          <a class="btn" href={here}>
            Look again now
          </a>
        </Said>
      ) : (
        <Said title="This takes longer than it should">
          <p role="status">
            The page to pay on could not be made yet. Nothing was paid, and nothing is lost.
          </p>
          <form method="post" action={here}>
            <button class="btn go">Try again</button>
          </form>
          {bank}
        </Said>
      )
    case 'processing':
      return (
        <Said title="Your payment is on its way">
          <p>
            {money(pending)} for invoice {number} are being transferred, which takes a bank a few
            days. A receipt follows by email once it has arrived; you need do nothing more.
          </p>
        </Said>
      )
    case 'paid':
      return (
        <Said title="There is nothing left to pay">
          <p>Invoice {number} is paid. Thank you.</p>
        </Said>
      )
    case 'void':
      return (
        <Said title="There is nothing to pay">
          <p>
            Invoice {number} is void: {team} has taken it back.
          </p>
        </Said>
      )
    case 'offline':
      return (
        <Said title={`Pay ${money(asked)}`}>
          <p>Invoice {number} is paid by bank transfer.</p>
          {bank}
        </Said>
      )
    case 'amount':
      return (
        <Said title={`Pay ${money(asked)}`}>
          <p>An amount like this can’t be paid by card. Please pay it by bank transfer.</p>
          {bank}
        </Said>
      )
  }
}

const Said = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <article class="panel sheet pay">
    <h1>{title}</h1>
    {children}
  </article>
)

const ByBank = ({ pay: { seller, number, asked, currency, locale }, team }: ByBankProps) =>
  seller.bank ? (
    <Bank
      bank={seller.bank}
      reference={number}
      balance={asked}
      currency={currency}
      money={(amount) => formatMoney(amount, currency, locale)}
    />
  ) : (
    <p>{team} will tell you where to: just write to them.</p>
  )

type ByBankProps = Pick<PayPanelProps, 'pay' | 'team'>
