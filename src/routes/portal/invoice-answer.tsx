import type { InvoiceStatus } from '../../db/schema/invoices.ts'
import { addDays, formatDay } from '../../lib/day.ts'
import type { FieldError } from '../../lib/failure.ts'
import { canAnswer, LONGEST_PROMISE } from '../../features/reminders/rules.ts'

/** What is known of an answer on an invoice. */
interface Answerable {
  status: InvoiceStatus
  balance: number
  pending: number
  locale: string
  promisedOn: string | null
  problemAt: number | null
}

/** An answer that came back, with what is wrong with it. */
export interface AnswerForm {
  values: Record<string, string>
  errors: readonly FieldError[]
}

export const noAnswer: AnswerForm = { values: {}, errors: [] }

interface AnswerProps {
  invoice: Answerable
  /** Where the forms go. */
  action: string
  form: AnswerForm
  today: string
}

/** What a client can say about an invoice they have not paid. All of it works without a script. */
export const InvoiceAnswer = ({ invoice, action, form, today }: AnswerProps) => {
  if (!canAnswer(invoice)) return null
  const { locale, promisedOn, problemAt } = invoice
  const wrong = (path: string) => form.errors.find((error) => error.path === path)?.message
  const [late, amiss, general] = [wrong('on'), wrong('note'), wrong('')]
  return (
    <section class="panel answers" aria-labelledby="answer">
      <h2 id="answer">Not paying just now?</h2>
      {general !== undefined && (
        <p class="red" role="alert">
          {general}
        </p>
      )}
      {problemAt !== null && (
        <p class="teal">
          You said that something is not right with it. Nobody reminds you until that is settled.
        </p>
      )}
      {promisedOn !== null && (
        <p class="teal">
          You said that you will pay on {formatDay(promisedOn, locale)}. Nobody reminds you until
          then.
        </p>
      )}
      <div class="ways">
        <form method="post" action={action}>
          <input type="hidden" name="kind" value="will-pay" />
          <label for="later">I’ll pay on</label>
          <input
            id="later"
            type="date"
            name="on"
            required
            min={today}
            max={addDays(today, LONGEST_PROMISE)}
            value={form.values['on'] ?? promisedOn ?? ''}
            {...(late === undefined
              ? {}
              : { 'aria-invalid': 'true', 'aria-describedby': 'on-error' })}
          />
          {late !== undefined && (
            <p class="red" id="on-error" role="alert">
              {late}
            </p>
          )}
          <button class="btn">Tell them the day</button>
        </form>
        <form method="post" action={action}>
          <input type="hidden" name="kind" value="problem" />
          <label for="problem">There is a problem with it</label>
          <textarea
            id="problem"
            name="note"
            rows={3}
            maxlength={1000}
            required
            placeholder="What is not right?"
            {...(amiss === undefined
              ? {}
              : { 'aria-invalid': 'true', 'aria-describedby': 'note-error' })}
          >
            {`\n${form.values['note'] ?? ''}`}
          </textarea>
          {amiss !== undefined && (
            <p class="red" id="note-error" role="alert">
              {amiss}
            </p>
          )}
          <button class="btn">Tell them what is wrong</button>
        </form>
      </div>
    </section>
  )
}
