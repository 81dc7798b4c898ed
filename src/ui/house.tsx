import type { PropsWithChildren } from 'hono/jsx'
import type { Person } from '../features/organizations/queries.ts'
import { paths } from '../paths.ts'
import { Document } from './document.tsx'
import { Mark } from './mark.tsx'

/** A page of the whole product, of no organisation. */
export const House = ({
  title,
  person,
  children,
}: PropsWithChildren<{ title: string; person: Person }>) => (
  <Document title={`${title} · AdminStack Portals`} lang="en" side="dashboard">
    <a class="skip" href="#main">
      Skip to content
    </a>
    <div class="frame">
      <nav class="rail" aria-label="Main">
        <div class="org">
          <Mark name="AdminStack" /> AdminStack Portals
        </div>
        <div class="areas">
          <a href={paths.operator} aria-current="page">
            Operator
          </a>
          {person.memberships.map(({ organization }) => (
            <a href={paths.portals(organization.slug)}>
              <bdi>{organization.name}</bdi>
            </a>
          ))}
        </div>
        <div class="me">
          <b>{person.name || person.email}</b>
          <span>Operator</span>
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
