import type { CreatedKey } from '../../features/keys/actions.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'

interface KeySecretProps {
  person: Person
  membership: Membership
  made: CreatedKey
}

/** Shows a key, once. Loading this page again sends the form again, which makes and shows nothing. */
export const KeySecret = ({ person, membership, made }: KeySecretProps) => {
  const keys = paths.keys(membership.organization.slug)
  const { secret } = made
  return (
    <Dashboard title="API key" area="settings" person={person} membership={membership}>
      <p class="crumb">
        <a href={keys}>API keys</a>
      </p>
      <div class="top">
        <h1>
          {secret === undefined ? (
            <>
              “<bdi>{made.name}</bdi>” was made already
            </>
          ) : (
            <>
              Key for “<bdi>{made.name}</bdi>”
            </>
          )}
        </h1>
      </div>
      {secret === undefined ? (
        <div class="card form wide stack">
          <p class="plain-words" role="status">
            A key is shown once, on the page that follows its form. If it wasn’t copied there,
            revoke it in the list and make another; nothing else is lost.
          </p>
          <div class="actions">
            <a class="btn go" href={keys}>
              Go to the list
            </a>
          </div>
        </div>
      ) : (
        <div class="card form wide stack">
          <div class="field">
            <label for="key">Copy it now: it is shown this once and kept nowhere</label>
            <copy-field>
              <input id="key" class="num" readonly autocomplete="off" value={secret} />
              <button class="btn go" type="button" hidden>
                Copy
              </button>
            </copy-field>
            <p class="hint">
              Your program sends it as <code>Authorization: Bearer ap_…</code> Whoever has it can do
              what its role may.
            </p>
          </div>
          <div class="actions">
            <a class="btn" href={keys}>
              I have copied it
            </a>
          </div>
        </div>
      )}
    </Dashboard>
  )
}
