import type { PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Saved } from '../../ui/saved.tsx'
import { SettingsNav, type SettingsEntry } from '../../ui/settings-nav.tsx'

export interface SettingsFrame {
  person: Person
  membership: Membership
  /** Whether the page is what a good POST led to. */
  saved: boolean
}

export const mayChange = ({ role }: Membership): boolean =>
  authorise({ kind: 'member', role }, 'organization.change')

/** One page of the settings: heading, sub-navigation, what became of the last change. */
export const SettingsPage = ({
  person,
  membership,
  saved,
  current,
  style,
  children,
}: PropsWithChildren<SettingsFrame & { current: SettingsEntry; style?: string | undefined }>) => (
  <Dashboard title="Settings" area="settings" person={person} membership={membership} style={style}>
    <div class="top">
      <h1>Settings</h1>
    </div>
    <SettingsNav membership={membership} current={current} />
    {saved && <Saved />}
    {!mayChange(membership) && (
      <p class="under aside">An owner or an admin of the organisation can change this.</p>
    )}
    {children}
  </Dashboard>
)

export interface Fact {
  label: string
  /** Lines as they are set; empty where nothing is. */
  value: string
}

/** The same settings for whoever may not change them. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="card form facts-list">
    {facts.map(({ label, value }) => (
      <div>
        <dt>{label}</dt>
        <dd>{value === '' ? <span class="muted">Not set</span> : value}</dd>
      </div>
    ))}
  </dl>
)
