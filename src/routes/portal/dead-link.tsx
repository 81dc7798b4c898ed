import { paths } from '../../paths.ts'
import { Document } from '../../ui/document.tsx'

/** One page for every link that doesn't work, so that it tells nobody which links exist. */
export const DeadLink = ({ token, asked = false }: { token: string; asked?: boolean }) => (
  <Document title="This link no longer works" lang="en" side="portal" script={false}>
    <main class="dead">
      <span class="label">Signal lost</span>
      <h1>This link no longer works</h1>
      {asked ? (
        <p role="status">
          Thank you. If this was your link, you will get an email soon, or the team has been told
          that you need a new one. It’s safe to close this page.
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
    </main>
  </Document>
)
