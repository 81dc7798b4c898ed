import { paths } from '../../paths.ts'
import { Notice } from './notice.tsx'

/** One page for every link that doesn't work, so that it tells nobody which links exist. */
export const DeadLink = ({ token, asked = false }: { token: string; asked?: boolean }) => (
  <Notice
    title="This link no longer works"
    tone={asked ? 'teal' : 'amber'}
    status={asked ? undefined : 404}
  >
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
