import { usualSchedule, type ReminderKind } from '../../features/reminders/rules.ts'
import type { ReminderSettings } from '../../features/reminders/settings.ts'
import { fill, placeholders, unknownIn, type Named } from '../../features/reminders/texts.ts'
import type { Membership } from '../../features/organizations/queries.ts'
import { addDays, formatDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { writeNumber } from '../../lib/typed.ts'
import { paths } from '../../paths.ts'
import {
  AreaField,
  CheckField,
  ChoiceField,
  FormErrors,
  SelectField,
  TextField,
  type FormState,
} from '../../ui/fields.tsx'
import { Lines } from '../../ui/lines.tsx'
import { Facts, mayChange, SettingsPage, type SettingsFrame } from './settings-page.tsx'

/** The forms of the page; one of them may have come back. */
export interface ReminderForms {
  schedule: FormState
  texts: FormState
  fee: FormState
}

interface PageProps extends SettingsFrame {
  settings: ReminderSettings
  forms: ReminderForms
  today: string
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

const kinds: { kind: ReminderKind; label: string; ahead: number }[] = [
  { kind: 'before', label: 'Before the due day', ahead: 3 },
  { kind: 'due', label: 'On the due day', ahead: 0 },
  { kind: 'after', label: 'After the due day', ahead: -7 },
]

/** When clients are reminded of open invoices, in which words, and whether paying late costs something. */
export const ReminderSettingsPage = ({ settings, forms, today, ...frame }: PageProps) => {
  const { membership } = frame
  const action = paths.reminderSettings(membership.organization.slug)
  if (!mayChange(membership)) {
    return (
      <SettingsPage {...frame} current="reminders">
        <AsItIs settings={settings} membership={membership} />
      </SettingsPage>
    )
  }
  return (
    <SettingsPage {...frame} current="reminders">
      <ScheduleForm form={forms.schedule} action={action} />
      <TextsForm form={forms.texts} action={action} membership={membership} today={today} />
      <FeeForm form={forms.fee} action={action} membership={membership} />
    </SettingsPage>
  )
}

interface FormProps {
  form: FormState
  action: string
}

const Hidden = ({ form, part }: { form: FormState; part: keyof ReminderForms }) => (
  <>
    <input type="hidden" name="part" value={part} />
    <input type="hidden" name="mark" value={form.values['mark'] ?? ''} />
  </>
)

const ScheduleForm = ({ form, action }: FormProps) => (
  <form
    method="post"
    action={action}
    class="card form stack part"
    id="schedule"
    aria-labelledby="schedule-title"
  >
    <h2 id="schedule-title">When</h2>
    <FormErrors form={form} />
    <Hidden form={form} part="schedule" />
    <CheckField
      form={form}
      name="on"
      label="Remind clients of open invoices by email"
      hint="A reminder never goes out once an invoice is paid or void, while a payment is on its way, or while the client has said when they will pay."
    />
    <div class="pair">
      <TextField
        form={form}
        name="days"
        label="Days from the due day"
        maxlength={100}
        autocomplete="off"
        hint="−3 is three days before it, 0 is the day itself, 7 is a week after it."
      />
      <SelectField
        form={form}
        name="hour"
        label="At"
        options={hours}
        hint="By your organisation’s clock."
      />
    </div>
    <div class="actions">
      <button class="btn go">Save</button>
    </div>
  </form>
)

interface TextsProps extends FormProps {
  membership: Membership
  today: string
}

const TextsForm = ({ form, action, membership, today }: TextsProps) => (
  <form
    method="post"
    action={action}
    class="card form stack part"
    id="texts"
    aria-labelledby="texts-title"
  >
    <h2 id="texts-title">In which words</h2>
    <FormErrors form={form} />
    <Hidden form={form} part="texts" />
    <dl class="facts-list names">
      {Object.entries(placeholders).map(([name, words]) => (
        <div>
          <dt class="num">{`{${name}}`}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
    {kinds.map(({ kind, label, ahead }) => (
      <fieldset class="group wording">
        <legend>{label}</legend>
        <TextField
          form={form}
          name={`${kind}.subject`}
          label="Subject"
          maxlength={150}
          autocomplete="off"
        />
        <AreaField form={form} name={`${kind}.body`} label="Text" rows={7} maxlength={3000} />
        <Preview
          subject={form.values[`${kind}.subject`] ?? ''}
          body={form.values[`${kind}.body`] ?? ''}
          named={example(membership, addDays(today, ahead), Math.abs(ahead))}
          label={label}
        />
      </fieldset>
    ))}
    <p class="hint">
      Every reminder begins with “Hello” and the contact’s name. Below your text stand a button to
      the invoice and two ways to answer: when it will be paid, and what is wrong with it.
    </p>
    <div class="actions">
      <button class="btn go">Save</button>
      <button class="btn" name="preview" value="yes">
        Preview
      </button>
    </div>
  </form>
)

const example = ({ organization }: Membership, due: string, days: number): Named => ({
  number: `INV-${due.slice(0, 4)}-042`,
  amount: formatMoney(124_000, organization.currency, organization.locale),
  due: formatDay(due, organization.locale),
  days: `${days} days`,
  contact: 'Jane Cooper',
  client: 'Halcyon Coffee',
  project: 'Website relaunch',
  team: organization.name,
})

interface PreviewProps {
  subject: string
  body: string
  named: Named
  label: string
}

/** How it reads, of an invoice that is made up; nothing of a text that would be refused. */
const Preview = ({ subject, body, named, label }: PreviewProps) =>
  unknownIn(subject + body).length > 0 ? null : (
    <figure class="letter" aria-label={`Preview: ${label}`}>
      <p>
        <b>
          <bdi>{fill(subject, named)}</bdi>
        </b>
      </p>
      {fill(body.replace(/\r\n?/g, '\n'), named)
        .split(/\n{2,}/)
        .map((part) => (
          <p>
            <Lines text={part} />
          </p>
        ))}
    </figure>
  )

const FeeForm = ({ form, action, membership }: FormProps & { membership: Membership }) => (
  <form
    method="post"
    action={action}
    class="card form stack part"
    id="fee"
    aria-labelledby="fee-title"
  >
    <h2 id="fee-title">A fee for paying late</h2>
    <FormErrors form={form} />
    <Hidden form={form} part="fee" />
    <p class="hint">
      It is asked for once, by a draft that you look at and issue, or delete. It holds for invoices
      that fall due after you switch it on; say so in your terms.
    </p>
    <ChoiceField
      form={form}
      name="kind"
      label="Fee"
      options={[
        { value: 'none', label: 'None', hint: 'Nobody is asked for more than they were billed.' },
        { value: 'percent', label: 'Per cent', hint: 'Of what is still owed.' },
        {
          value: 'amount',
          label: 'An amount',
          hint: `For invoices in ${membership.organization.currency}.`,
        },
      ]}
    />
    <div class="pair">
      <TextField form={form} name="percent" label="Per cent" maxlength={12} autocomplete="off" />
      <TextField
        form={form}
        name="amount"
        label={`Amount in ${membership.organization.currency}`}
        maxlength={30}
        autocomplete="off"
      />
      <TextField
        form={form}
        name="afterDays"
        label="Days after the due day"
        maxlength={3}
        autocomplete="off"
      />
    </div>
    <div class="actions">
      <button class="btn go">Save</button>
    </div>
  </form>
)

interface AsItIsProps {
  settings: ReminderSettings
  membership: Membership
}

/** For whoever may not change it. */
const AsItIs = ({ settings, membership }: AsItIsProps) => {
  const { currency, locale } = membership.organization
  const { on, days, hour } = settings.reminders ?? usualSchedule
  const { lateFee } = settings
  const amount = lateFee?.amounts?.[currency]
  const fee =
    lateFee === null
      ? 'None'
      : `${lateFee.percent === null ? formatMoney(amount ?? 0, currency, locale) : `${writeNumber(lateFee.percent, locale)}%`}, ${lateFee.afterDays} days after the due day`
  return (
    <div class="part">
      <Facts
        facts={[
          { label: 'Reminders by email', value: on ? 'On' : 'Off' },
          { label: 'Days from the due day', value: days.join(', ').replaceAll('-', '−') },
          { label: 'At', value: hours[hour]?.label ?? '' },
          { label: 'Late fee', value: fee },
        ]}
      />
    </div>
  )
}
