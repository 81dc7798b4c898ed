import type { Ctx } from '../ctx.ts'

/**
 * Whether a browser sent this from a page of ours. Where a cookie is the credential, a call that
 * changes something must: other sites can make a browser send the cookie, but not our origin.
 */
export function fromOurOrigin(request: Request, ctx: Ctx): boolean {
  const origin = request.headers.get('origin')
  return origin === ctx.settings.appUrl || origin === new URL(request.url).origin
}

/** GET and HEAD change nothing here, so nothing needs to guard them. */
export const changesNothing = (request: Request): boolean =>
  request.method === 'GET' || request.method === 'HEAD'
