import type { DeletedOfPortal } from '../../features/files/queries.ts'
import { DELETED_KEPT, folderWords } from '../../features/files/rules.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { dayOf, formatDay } from '../../lib/day.ts'
import { sizeWords } from '../../lib/size.ts'
import { visible } from '../../lib/visible.ts'
import { paths, withQuery } from '../../paths.ts'
import { Pager } from '../../ui/pager.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, numbers, Table } from '../../ui/table.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface DeletedProps {
  person: Person
  membership: Membership
  found: DeletedOfPortal
  /** Whether this is where the list begins. */
  first: boolean
  now: number
}

/** What was deleted and can still be brought back, the last deleted first. */
export const DeletedFiles = ({ person, membership, found, first, now }: DeletedProps) => {
  const { portal, items, next } = found
  const { organization } = membership
  const { slug } = organization
  const list = paths.files(slug, portal.id)
  const here = (query: Record<string, string>) => withQuery(list, { deleted: '1', ...query })
  const lastDay = (deletedAt: number) =>
    formatDay(dayOf(deletedAt + DELETED_KEPT, organization.timeZone), organization.locale)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="files" now={now}>
      <section class="card" aria-labelledby="deleted">
        <div class="card-head">
          <h2 id="deleted">Deleted files</h2>
          <a class="btn" href={list}>
            Back to the files
          </a>
        </div>
        {items.length === 0 ? (
          <p class="empty">
            Nothing is waiting here. A deleted file can be brought back for 30 days, and takes up
            storage until then.
          </p>
        ) : (
          <Table
            of="team-files"
            heads={['Name', numbers('Size'), fit('Deleted'), fit('Gone for good'), actions]}
          >
            {items.map(({ id, name, folder, size, deletedAt }) => (
              <tr>
                <td>
                  <b>
                    <bdi>{visible(name, 255)}</bdi>
                  </b>
                  {folder !== '' && (
                    <small>
                      <bdi>{folderWords(folder)}</bdi>
                    </small>
                  )}
                </td>
                <td class="fit r num">{sizeWords(size)}</td>
                <td class="fit muted">
                  <Ago at={deletedAt ?? now} now={now} clock={organization} />
                </td>
                <td class="fit muted">{lastDay(deletedAt ?? now)}</td>
                <td class="fit r">
                  <form
                    method="post"
                    action={withQuery(paths.fileAction(slug, portal.id, id, 'restore'), {
                      deleted: '1',
                    })}
                  >
                    <button class="btn">
                      Restore<span class="unseen"> {visible(name, 255)}</span>
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      <Pager
        back={first ? undefined : { label: 'Last deleted', href: here({}) }}
        on={next === null ? undefined : { label: 'Before that', href: here({ cursor: next }) }}
      />
    </PortalFrame>
  )
}
