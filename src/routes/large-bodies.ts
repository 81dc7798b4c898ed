/** What may carry more than a form's fields: parts of uploads, and forms with files. Each reads a stream. */
const large: readonly [method: string, path: RegExp][] = [
  ['PATCH', /^\/api\/portals?\/[^/]+\/uploads\/[^/]+$/],
  ['POST', /^\/portal\/[^/]+\/files$/],
  ['POST', /^\/dashboard\/[^/]+\/portals\/[^/]+\/files$/],
]

/** The type of what tus carries. */
export const OFFSET_TYPE = 'application/offset+octet-stream'

/** Whether a request says that its body is a part of an upload. */
export const isPart = ({ headers }: Request): boolean =>
  headers.get('content-type')?.trim().toLowerCase() === OFFSET_TYPE

export const takesLarge = (request: Request, path: string): boolean =>
  large.some(([one, pattern]) => one === request.method && pattern.test(path)) ||
  // An upload may begin with its first part.
  (isPart(request) && /^\/api\/portals?\/[^/]+\/uploads$/.test(path))
