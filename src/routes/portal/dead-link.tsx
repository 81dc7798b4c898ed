import { paths } from '../../paths.ts'
import { Notice } from './notice.tsx'

/** One page for every link that doesn't work, so that it tells nobody which links exist. */
export const DeadLink = ({ token, asked = false }: { token: string; asked?: boolean }) => (
  <Notice title="This link no longer works" tone={asked ? 'teal' : 'amber'}>
    {asked ? (
      <p role="status">
        Thank you. If we can tell that this was your link, an email with the new one is on its way,
        or the team has been told. Nothing after a few minutes? Then write to the people you work
        with. It’s safe to close this page.
      </p>
    ) : (
      <>
        <p>
          It may have been replaced by a newer one, or its time is over. Look for the latest email
          from the team, or ask for a new link here.
        </p>
        <form method="post" action={paths.askForLink(token)}>
          <button class="btn go">Ask for a new link</button>
        </form>
      </>
    )}
  </Notice>
)

/** The same words as on the team's side, on the client's page. */
export const AskedTooFast = ({ token }: { token: string }) => (
  <Notice title="That was a little fast" tone="amber">
    <p>
      Many requests came from your network just now. Wait a minute and try again; nothing is lost.
    </p>
    <form method="post" action={paths.askForLink(token)}>
      <button class="btn go">Ask for a new link</button>
    </form>
  </Notice>
)

/** Whatever a client did too often, beside asking for a link. */
export const TooFastHere = ({ token }: { token: string }) => (
  <Notice title="That was a little fast" tone="amber">
    <p>
      Many requests came from your network just now. Wait a minute and try again; nothing is lost.
    </p>
    <a class="btn go" href={paths.portal(token)}>
      Back to your portal
    </a>
  </Notice>
)

/** An address below a living link that leads nowhere. */
export const NothingHere = ({ token }: { token: string }) => (
  <Notice title="Nothing is here" tone="amber">
    <p>Your link works, but this address below it leads nowhere.</p>
    <a class="btn go" href={paths.portal(token)}>
      Back to your portal
    </a>
  </Notice>
)
