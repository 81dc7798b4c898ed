import type { LinkItem } from '../../features/links/queries.ts'
import type { authorise } from '../../features/organizations/rules.ts'
import type { LinkAction } from '../../paths.ts'

interface LinkDialogsProps {
  link: LinkItem
  to: (action: LinkAction) => string
  may: (permission: Parameters<typeof authorise>[1]) => boolean
}

/** The questions before a link is replaced or deleted: both end what a client holds in hand. */
export const LinkDialogs = ({ link, to, may }: LinkDialogsProps) => {
  const replace = `replace-${link.id}`
  const remove = `delete-${link.id}`
  return (
    <>
      {may('link.replace') && (
        <dialog id={replace} aria-labelledby={`${replace}-title`}>
          <h3 id={`${replace}-title`}>Replace {link.contact.name}’s link?</h3>
          <p>The address they have now stops working at once. You get a new one for them.</p>
          <form method="post" action={to('replace')}>
            <input type="hidden" name="version" value={String(link.version)} />
            <label class="field check">
              <input type="checkbox" name="send" value="yes" checked />
              <span>Email the new link to {link.contact.email}</span>
            </label>
            <div class="actions">
              <button class="btn go">Replace</button>
              <button class="btn" type="button" commandfor={replace} command="close">
                Cancel
              </button>
            </div>
          </form>
        </dialog>
      )}
      {may('link.delete') && (
        <dialog id={remove} aria-labelledby={`${remove}-title`}>
          <h3 id={`${remove}-title`}>Delete {link.contact.name}’s link?</h3>
          <p>They can’t open the portal any more. You can invite them again at any time.</p>
          <form method="post" action={to('delete')} class="actions">
            <button class="btn danger">Delete</button>
            <button class="btn" type="button" commandfor={remove} command="close">
              Cancel
            </button>
          </form>
        </dialog>
      )}
    </>
  )
}
