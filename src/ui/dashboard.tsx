import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Membership, Person } from '../features/organizations/queries.ts'
import { paths } from '../paths.ts'
import { brandOf, product } from './brand.ts'
import { Document } from './document.tsx'
import { Mark } from './mark.tsx'
import { roleWords } from './roles.ts'

export type Area = 'portals' | 'inbox' | 'invoices' | 'activity' | 'emails' | 'team' | 'settings'

interface DashboardProps {
  title: string
  /** Undefined on a page that belongs to none. */
  area?: Area
  person: Person
  membership: Membership
  /** Of a page that shows an accent; its response has to allow it. */
  style?: string | undefined
}

export const Dashboard = ({
  title,
  area,
  person,
  membership,
  style,
  children,
}: PropsWithChildren<DashboardProps>) => {
  const { organization, role } = membership
  const entry = (key: Area, href: string, label: string, unread = 0) => (
    <a href={href} {...(area === key ? { 'aria-current': 'page' } : {})}>
      {label}
      <span data-part={`area-${key}`}>
        {unread > 0 && (
          <i>
            {unread}
            <span class="unseen"> unread</span>
          </i>
        )}
      </span>
    </a>
  )
  return (
    <Frame
      title={`${title} · ${organization.name}`}
      person={person}
      role={roleWords[role].name}
      style={style}
      here={membership}
      name={
        <>
          <Mark {...brandOf(organization)} />
          <bdi>{organization.name}</bdi>
        </>
      }
      areas={
        <>
          {entry('portals', paths.portals(organization.slug), 'Portals')}
          {entry('inbox', paths.inbox(organization.slug), 'Inbox', membership.unread)}
          {entry('invoices', paths.invoices(organization.slug), 'Invoices')}
          {entry('activity', paths.activity(organization.slug), 'Activity')}
          {entry('emails', paths.emails(organization.slug), 'Emails')}
          {entry('team', paths.team(organization.slug), 'Team')}
          {entry('settings', paths.settings(organization.slug), 'Settings')}
          {person.operator && <a href={paths.operator}>Operator</a>}
        </>
      }
    >
      {children}
    </Frame>
  )
}

/** A page of the person's own, in none of their organisations. */
export const Personal = ({
  title,
  area,
  person,
  children,
}: PropsWithChildren<{ title: string; area: 'account' | 'operator'; person: Person }>) => (
  <Frame
    title={`${title} · AdminStack Portals`}
    person={person}
    name={
      <>
        <Mark {...product} />
        <bdi>AdminStack Portals</bdi>
      </>
    }
    areas={
      <>
        <a href={paths.account} {...(area === 'account' ? { 'aria-current': 'page' } : {})}>
          Your account
        </a>
        {person.operator && (
          <a href={paths.operator} {...(area === 'operator' ? { 'aria-current': 'page' } : {})}>
            Operator
          </a>
        )}
      </>
    }
  >
    {children}
  </Frame>
)

interface FrameProps {
  title: string
  style?: string | undefined
  person: Person
  role?: string
  /** The organisation that the page belongs to, if it belongs to one. */
  here?: Membership
  name: Child
  areas: Child
}

const Frame = ({
  title,
  style,
  person,
  role,
  here,
  name,
  areas,
  children,
}: PropsWithChildren<FrameProps>) => (
  <Document title={title} lang="en" side="dashboard" style={style}>
    <a class="skip" href="#main">
      Skip to content
    </a>
    <div class="frame">
      <nav class="rail" aria-label="Main">
        <details class="more switch">
          <summary class="org">{name}</summary>
          <Switch person={person} here={here} />
        </details>
        <div class="areas">{areas}</div>
        <div class="me">
          <a href={paths.account}>
            <b>{person.name || person.email}</b>
          </a>
          {role && <span>{role}</span>}
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

/** Where else a person can go. Nothing is kept as "active": each tab is where its address says. */
const Switch = ({ person, here }: { person: Person; here: Membership | undefined }) => {
  const others = person.memberships.filter(({ id }) => id !== here?.id)
  return (
    <div class="menu">
      {others.length > 0 && (
        <div class="others">
          <small>{here ? 'Go to another organisation' : 'Go to an organisation'}</small>
          {others.map(({ organization }) => (
            <a href={paths.organization(organization.slug)}>{organization.name}</a>
          ))}
        </div>
      )}
      {person.mayFound && <a href={paths.newOrganization}>Open another organisation</a>}
      <a href={paths.account}>Your account</a>
    </div>
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
          <Mark {...product} /> {product.name}
          {status !== undefined && <span class="label">{status}</span>}
        </p>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </div>
    </main>
  </Document>
)
