import type { Role } from '../../db/schema/organizations.ts'
import { allPermissions, permits, type Permission } from '../../features/organizations/rules.ts'
import { roleWords } from '../../ui/roles.ts'

/** What a permission begins with: `portal` of 'portal.create'. */
type Area = Permission extends `${infer A}.${string}` ? A : never

const areas: Record<Area, string> = {
  portal: 'Portals',
  link: 'Access links',
  milestone: 'Milestones',
  message: 'Messages',
  file: 'Files',
  request: 'File requests',
  invoice: 'Invoices',
  payment: 'Payments',
  email: 'Emails',
  organization: 'Organisation',
  member: 'Team',
  key: 'API keys',
}

/** Every permission in words; a new one without them doesn't compile. */
const words: Record<Permission, string> = {
  'portal.create': 'Open a portal',
  'portal.change': 'Change its project, client and currency',
  'portal.archive': 'Archive and restore a portal',
  'portal.delete': 'Delete a portal for good',
  'link.create': 'Invite a contact',
  'link.change': 'Change what a link opens, and until when',
  'link.pause': 'Pause and resume a link',
  'link.send': 'Email a link again',
  'link.replace': 'Replace a link',
  'link.reveal': 'See and copy the address of a link',
  'link.delete': 'Delete a link',
  'milestone.create': 'Plan milestones, and start from a template',
  'milestone.change': 'Change and move milestones, and ask for sign-off',
  'milestone.delete': 'Delete milestones and templates',
  'message.send': 'Write to a client',
  'message.archive': 'Put a message away, and bring it back',
  'file.upload': 'Upload files',
  'file.rename': 'Rename files, and move them to another folder',
  'file.delete': 'Delete files, and bring them back',
  'request.open': 'Ask a client for a file',
  'request.close': 'Close and reopen what was asked for',
  'invoice.draft': 'Draft invoices',
  'invoice.issue': 'Issue invoices',
  'invoice.remind': 'Remind a client, and pause reminders',
  'invoice.end': 'End a retainer',
  'invoice.send': 'Email an invoice again',
  'invoice.reveal': 'See and copy the address of an invoice’s page',
  'invoice.void': 'Void an invoice',
  'invoice.credit': 'Write a credit note',
  'payment.record': 'Record a payment',
  'payment.refund': 'Refund a payment',
  'payment.reverse': 'Reverse a wrong entry',
  'payment.connect': 'Connect the Stripe account',
  'email.retry': 'Send an email again that did not arrive',
  'organization.change': 'Change settings, logo and colour',
  'organization.transfer': 'Transfer ownership',
  'member.invite': 'Invite somebody, and withdraw an invitation',
  'member.change': 'Change a role',
  'member.remove': 'Remove somebody',
  'key.create': 'Make an API key',
  'key.revoke': 'Revoke an API key',
}

const columns: readonly Role[] = ['owner', 'admin', 'member']

const areasInOrder = [...new Set(allPermissions.map(areaOf))]

function areaOf(permission: Permission): string {
  return permission.slice(0, permission.indexOf('.'))
}

const titles: Record<string, string> = areas

/** Who may do what, drawn from the very table that every verb asks. `own` is the reader's role. */
export const Grants = ({ own }: { own: Role }) => (
  <section class="card" aria-labelledby="grants">
    <div class="card-head">
      <h2 id="grants">Who may do what</h2>
    </div>
    <table class="grants" aria-labelledby="grants">
      <thead>
        <tr>
          <td></td>
          {columns.map((role) => (
            <th scope="col" class={role === own ? 'own' : undefined}>
              {roleWords[role].name}
              {role === own && <span class="unseen"> (you)</span>}
            </th>
          ))}
        </tr>
      </thead>
      {areasInOrder.map((area) => (
        <tbody>
          <tr>
            <th scope="rowgroup" colspan={4}>
              {titles[area]}
            </th>
          </tr>
          {allPermissions
            .filter((permission) => areaOf(permission) === area)
            .map((permission) => (
              <tr>
                <th scope="row">{words[permission]}</th>
                {columns.map((role) => (
                  <Mark may={permits(role, permission)} own={role === own} />
                ))}
              </tr>
            ))}
        </tbody>
      ))}
    </table>
    <p class="foot">
      Admins invite, change and remove admins and members. Only owners make somebody an owner, and
      change or remove one. An organisation always keeps an owner.
    </p>
  </section>
)

const Mark = ({ may, own }: { may: boolean; own: boolean }) => (
  <td class={own ? 'own' : undefined}>
    <span class={may ? 'teal' : 'dim'} aria-hidden="true">
      {may ? '✓' : '–'}
    </span>
    <span class="unseen">{may ? 'Yes' : 'No'}</span>
  </td>
)
