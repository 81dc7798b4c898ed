import type { PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../features/organizations/queries.ts'
import { paths } from '../paths.ts'
import { Document } from './document.tsx'
import { Mark } from './mark.tsx'

export type Area = 'portals' | 'emails' | 'team' | 'settings' | 'account'

interface DashboardProps {
  title: string
  /** Undefined on a page that belongs to none. */
  area?: Area
  person: Person
  membership: Membership
}

const roleNames = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const

export const Dashboard = ({
  title,
  area,
  person,
  membership,
  children,
}: PropsWithChildren<DashboardProps>) => {
  const { organization, role } = membership
  const others = person.memberships.filter(({ id }) => id !== membership.id)
  const entry = (key: Area, href: string, label: string) => (
    <a href={href} {...(area === key ? { 'aria-current': 'page' } : {})}>
      {label}
    </a>
  )
  const name = (
    <>
      <Mark name={organization.name} />
      <bdi>{organization.name}</bdi>
    </>
  )
  return (
    <Document title={`${title} · ${organization.name}`} lang="en" side="dashboard">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <div class="frame">
        <nav class="rail" aria-label="Main">
          {others.length === 0 ? (
            <div class="org">{name}</div>
          ) : (
            <details class="more switch">
              <summary class="org">{name}</summary>
              <div class="menu">
                <small>Go to another organisation</small>
                {others.map((other) => (
                  <a href={paths.organization(other.organization.slug)}>
                    {other.organization.name}
                  </a>
                ))}
              </div>
            </details>
          )}
          <div class="areas">
            {entry('portals', paths.portals(organization.slug), 'Portals')}
            {entry('emails', paths.emails(organization.slug), 'Emails')}
            {entry('team', paths.team(organization.slug), 'Team')}
            {entry('settings', paths.settings(organization.slug), 'Settings')}
            {person.operator && <a href={paths.operator}>Operator</a>}
          </div>
          <div class="me">
            <b>{person.name || person.email}</b>
            <span>{roleNames[role]}</span>
            <form method="post" action={paths.signOut}>
              <button class="plain">Sign out</button>
            </form>
          </div>
        </nav>
        <main class="page" id="main">
          {children}
        </main>
      </div>
    </Document>
  )
}

/** A page outside any organisation: signing in, choosing, and what went wrong. */
export const Plain = ({
  title,
  lead,
  status,
  children,
}: PropsWithChildren<{ title: string; lead?: string; status?: number }>) => (
  <Document title={`${title} · AdminStack Portals`} lang="en" side="dashboard">
    <main class="plain-page" id="main">
      <div class="sheet">
        <p class="brand">
          <Mark name="AdminStack" /> AdminStack Portals
          {status !== undefined && <span class="label">{status}</span>}
        </p>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </div>
    </main>
  </Document>
)
