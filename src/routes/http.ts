import type { Ctx, TenantCtx } from '../ctx.ts'
import type { Offer } from '../features/files/archive-rows.ts'
import type { StoredFile } from '../features/files/stored.ts'
import type { Billing } from '../features/links/billing.ts'
import type { Content } from '../features/links/content.ts'
import type { ClientFilePage, ClientFiles } from '../features/links/file-lists.ts'
import type { ClientInvoices } from '../features/links/invoice-list.ts'
import type { ClientInvoicePage } from '../features/links/invoice-page.ts'
import type { ClientPay } from '../features/links/pay.ts'
import type { ClientPaper } from '../features/links/paper.ts'
import type { ClientThread } from '../features/links/thread.ts'
import type { Visit } from '../features/links/visits.ts'
import type { Membership, Person } from '../features/organizations/queries.ts'
import type { Env } from '../env.ts'

/** What every request carries from the first middleware on. */
export interface Base {
  Bindings: Env
  Variables: {
    requestId: string
    ctx: Ctx
    /** Work that the answer must not wait for, so that its duration tells nothing. */
    unseen?: Promise<void>
    /** The text of the one style element that the page has; see `accentStyle`. */
    style?: string | undefined
    /** Whether the page shows a file of ours in a frame or a player. */
    embeds?: boolean
    /** Whether a form of the page may lead on to where Stripe takes payments. */
    pays?: boolean
    /** What the guards know of whoever asks, by the time something goes wrong. */
    person?: Person
    membership?: Membership
    visit?: Visit
  }
}

/** Behind the session: a person, and perhaps no organisation yet. */
export interface Signed {
  Bindings: Env
  Variables: Base['Variables'] & { person: Person }
}

type Styled = Pick<Base['Variables'], 'style' | 'embeds' | 'pays'>

/** Behind the member guard, inside the organisation that the address names. */
export interface Inside {
  Bindings: Env
  Variables: Styled & { requestId: string; ctx: TenantCtx; person: Person; membership: Membership }
}

/** The admin door of the API: a member's session or a key, one organisation. */
export interface Admin {
  Bindings: Env
  Variables: { requestId: string; ctx: TenantCtx }
}

/** Behind the link guard. */
export interface Client {
  Bindings: Env
  Variables: Styled & {
    requestId: string
    ctx: TenantCtx
    visit: Visit
    content: Content | null
    thread: ClientThread | null
    files: ClientFiles | null
    file: ClientFilePage | null
    /** The version of a file whose bytes are asked for, and the files that an archive is to hold. */
    stored: StoredFile | null
    offer: Offer | null
    billing: Billing | null
    invoices: ClientInvoices | null
    invoice: ClientInvoicePage | null
    pay?: ClientPay | null
    paper?: ClientPaper | null
    unseen?: Promise<void>
  }
}
