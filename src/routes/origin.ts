import type { Ctx } from '../ctx.ts'

/**
 * Whether a browser sent this from a page of ours. Where a cookie is the credential, a call that
 * changes something must: other sites can make a browser send the cookie, but not our origin.
 */
export function fromOurOrigin(request: Request, ctx: Ctx): boolean {
  return request.headers.get('origin') === ctx.settings.appUrl
}

/** GET and HEAD change nothing here, so nothing needs to guard them. */
export const changesNothing = (request: Request): boolean =>
  request.method === 'GET' || request.method === 'HEAD'
