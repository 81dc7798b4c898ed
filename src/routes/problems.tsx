import { paths } from '../paths.ts'
import { Plain } from '../ui/dashboard.tsx'
import type { Words } from './failures.ts'

export const Problem = ({ words }: { words: Pick<Words, 'title' | 'detail'> }) => (
  <Plain title={words.title} lead={words.detail}>
    <p>
      <a class="btn" href={paths.dashboard}>
        Go to the dashboard
      </a>
    </p>
  </Plain>
)

export const TooFast = () => (
  <Plain
    title="That was a little fast"
    lead="Many requests came from your network just now. Wait a minute and try again; nothing is lost."
  />
)

export const NotOurs = () => (
  <Problem
    words={{
      title: 'This form came from somewhere else',
      detail:
        'To protect you, we only take forms from our own pages. Open the page again and repeat it there; nothing was changed.',
    }}
  />
)

export const SignInFirst = () => (
  <Plain
    title="Sign in first"
    lead="You are not signed in, or your session has ended. Nothing was changed."
  >
    <p>
      <a class="btn go" href={paths.signIn}>
        Sign in
      </a>
    </p>
  </Plain>
)

export const NotFound = () => (
  <Problem words={{ title: 'Not found', detail: 'Nothing is here, or it is not yours to see.' }} />
)

export const Broken = ({ requestId }: { requestId: string }) => (
  <Plain
    title="Something broke on our side"
    lead="It has been logged. Try again in a moment; if it stays, tell the people who run this which request it was."
  >
    <p>
      <code>{requestId}</code>
    </p>
  </Plain>
)
