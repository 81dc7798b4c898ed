import type { OpenLink } from '../../features/links/actions.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'

interface LinkAddressProps {
  person: Person
  membership: Membership
  link: OpenLink
  replaced?: boolean
}

/** Shows a link's address, once, to be copied. */
export const LinkAddress = ({ person, membership, link, replaced = false }: LinkAddressProps) => (
  <Dashboard title="Link" area="portals" person={person} membership={membership}>
    <p class="crumb">
      <a href={paths.portalOf(membership.organization.slug, link.portalId)}>Back to the portal</a>
    </p>
    <div class="top">
      <div>
        <h1>
          {replaced ? 'New link' : 'Link'} of <bdi>{link.contact.name}</bdi>
        </h1>
        <p class="under">{link.contact.email}</p>
      </div>
    </div>
    <div class="card form wide">
      <div class="field">
        <label for="address">Whoever has this address can open the portal</label>
        <copy-field>
          <input id="address" class="num" readonly value={link.url} />
          <button class="btn go" type="button" hidden>
            Copy
          </button>
        </copy-field>
        <p class="hint">
          {replaced ? 'The former address no longer works.' : 'It is kept that you looked at it.'}
        </p>
      </div>
    </div>
  </Dashboard>
)
