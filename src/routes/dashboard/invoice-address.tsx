import type { RevealedInvoice } from '../../features/invoices/send.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'

interface InvoiceAddressProps {
  person: Person
  membership: Membership
  revealed: RevealedInvoice
}

/** Shows the address of an invoice's own page, once, to be copied. */
export const InvoiceAddress = ({ person, membership, revealed }: InvoiceAddressProps) => {
  const { invoice, url, contact } = revealed
  const { slug } = membership.organization
  return (
    <Dashboard title="Address" area="portals" person={person} membership={membership}>
      <p class="crumb">
        <a href={paths.invoice(slug, invoice.portalId, invoice.id)}>Back to the invoice</a>
      </p>
      <div class="top">
        <div>
          <h1>
            <span class="num">{invoice.number}</span> for <bdi>{contact.name}</bdi>
          </h1>
          <p class="under">{contact.email}</p>
        </div>
      </div>
      <div class="card form wide">
        <div class="field">
          <label for="address">Whoever has this address can open this invoice, and no more</label>
          <copy-field>
            <input id="address" class="num" readonly value={url} />
            <button class="btn go" type="button" hidden>
              Copy
            </button>
          </copy-field>
          <p class="hint">It is kept that you looked at it.</p>
        </div>
      </div>
    </Dashboard>
  )
}
