import type { Context } from 'hono'
import { Plain } from '../ui/dashboard.tsx'
import { SOON } from './document-answer.ts'
import { Notice } from './portal/notice.tsx'

const title = 'One moment, it is being made'
const words =
  'The PDF is drawn once and then kept, which takes a few seconds. This page looks again by itself.'

/** The browser asks again by itself, without any script. */
function asksAgain(c: Context): void {
  c.header('Retry-After', SOON)
  c.header('Refresh', SOON)
}

/** The page in the place of a PDF that a job is still at. */
export function beingMadeForClients(c: Context): Response | Promise<Response> {
  asksAgain(c)
  return c.html(
    <Notice title={title} tone="teal">
      <p>{words}</p>
      <p class="actions">
        <a class="btn go" href={c.req.path}>
          Look again
        </a>
      </p>
    </Notice>,
    503,
  )
}

export function beingMadeForTeam(c: Context): Response | Promise<Response> {
  asksAgain(c)
  return c.html(
    <Plain title={title} lead={words}>
      <p class="actions">
        <a class="btn go" href={c.req.path}>
          Look again
        </a>
      </p>
    </Plain>,
    503,
  )
}
