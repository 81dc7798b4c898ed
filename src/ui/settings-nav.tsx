import type { Membership } from '../features/organizations/queries.ts'
import { permits } from '../features/organizations/rules.ts'
import { paths } from '../paths.ts'

export type SettingsEntry =
  'organisation' | 'branding' | 'defaults' | 'billing' | 'payments' | 'templates' | 'keys'

interface SettingsNavProps {
  membership: Membership
  current: SettingsEntry
}

/** The pages under Settings, below the heading of each; those alone that the reader may open. */
export const SettingsNav = ({ membership, current }: SettingsNavProps) => {
  const { slug } = membership.organization
  const entry = (key: SettingsEntry, href: string, label: string) => (
    <a href={href} {...(current === key ? { 'aria-current': 'page' } : {})}>
      {label}
    </a>
  )
  return (
    <nav class="chips" aria-label="Settings">
      {entry('organisation', paths.settings(slug), 'Organisation')}
      {entry('branding', paths.branding(slug), 'Branding')}
      {entry('defaults', paths.defaults(slug), 'Defaults')}
      {entry('billing', paths.billing(slug), 'Billing')}
      {permits(membership.role, 'payment.connect') &&
        entry('payments', paths.paymentSettings(slug), 'Payments')}
      {entry('templates', paths.templates(slug), 'Templates')}
      {permits(membership.role, 'key.create') && entry('keys', paths.keys(slug), 'API keys')}
    </nav>
  )
}
