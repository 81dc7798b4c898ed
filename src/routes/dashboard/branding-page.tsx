import { MOST_LOGO } from '../../features/branding/logo.ts'
import type { OrganizationSettings } from '../../features/organizations/settings.ts'
import { paths } from '../../paths.ts'
import { accentStyle, brandOf } from '../../ui/brand.ts'
import {
  ColourField,
  FileField,
  FormErrors,
  TextField,
  Was,
  type FormState,
} from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { BrandSamples } from './brand-samples.tsx'
import { Facts, mayChange, SettingsPage, type SettingsFrame } from './settings-page.tsx'

interface BrandingProps extends SettingsFrame {
  settings: OrganizationSettings
  form: FormState
  logoForm: FormState
  /** The address that mails come from. */
  mailFrom: string
}

/** The accent of the samples, as text that the response allows. */
export const samplesStyle = (accent: string | null): string | undefined => {
  const page = accentStyle(accent, { selector: '.sample-page' })
  const mail = accentStyle(accent, { selector: '.sample-mail', surface: 'light' })
  return page && mail && page + mail
}

export const BrandingPage = ({ settings, form, logoForm, mailFrom, ...frame }: BrandingProps) => {
  const { organization } = frame.membership
  const { slug } = organization
  const { accent, logo, name, senderName, replyTo } = settings
  const brand = brandOf({ id: organization.id, name, logo, accent })
  return (
    <SettingsPage {...frame} current="branding" style={samplesStyle(accent)}>
      <div class="beside">
        {mayChange(frame.membership) ? (
          <div class="stack">
            <section class="card form stack" aria-labelledby="logo">
              <h2 id="logo">Logo</h2>
              {brand.logoUrl !== null && (
                <div class="logo-now">
                  <Mark {...brand} />
                  <form method="post" action={paths.removeLogo(slug)}>
                    <button class="btn">Remove the logo</button>
                  </form>
                </div>
              )}
              <form
                method="post"
                action={paths.logo(slug)}
                enctype="multipart/form-data"
                class="stack"
              >
                <FormErrors form={logoForm} />
                <FileField
                  form={logoForm}
                  name="logo"
                  label={logo === null ? 'Choose an image' : 'Choose another image'}
                  hint={`PNG, JPEG or WebP, at most ${MOST_LOGO / 1024} KB. It stands on white, on light and dark pages alike. Emails that are out keep the one they were sent with.`}
                  accept="image/png,image/jpeg,image/webp"
                />
                <div class="actions">
                  <button class="btn go">Upload</button>
                </div>
              </form>
            </section>
            <form method="post" action={paths.branding(slug)} class="card form stack">
              <h2>Colour and sender</h2>
              <FormErrors form={form} />
              <Was form={form} names={['accent', 'senderName', 'replyTo']} />
              <ColourField
                form={form}
                name="accent"
                label="Accent colour"
                hint="As in #1f64b5. Any colour will do: where it would be hard to read, a lighter or darker shade of it is used. Leave it empty for our teal."
              />
              <TextField
                form={form}
                name="senderName"
                label="Sender name"
                hint="Who emails to your clients come from. Leave it empty for the name of the organisation."
                maxlength={80}
                autocomplete="off"
              />
              <TextField
                form={form}
                name="replyTo"
                label="Answers go to"
                hint={`An address that somebody reads. Leave it empty and answers go to ${mailFrom}.`}
                type="email"
                maxlength={254}
                autocomplete="email"
              />
              <div class="actions">
                <button class="btn go">Save</button>
              </div>
            </form>
          </div>
        ) : (
          <Facts
            facts={[
              { label: 'Logo', value: logo === null ? '' : 'As shown in the samples' },
              { label: 'Accent colour', value: accent ?? '' },
              { label: 'Sender name', value: senderName ?? name },
              { label: 'Answers go to', value: replyTo ?? mailFrom },
            ]}
          />
        )}
        <BrandSamples
          brand={brand}
          from={{ name: senderName ?? name, address: mailFrom }}
          replyTo={replyTo}
        />
      </div>
    </SettingsPage>
  )
}
