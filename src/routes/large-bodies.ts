/** What may carry more than a form's fields: parts of uploads, and forms with files. Each reads a stream. */
const large: readonly [method: string, path: RegExp][] = [
  ['PATCH', /^\/api\/portals\/[^/]+\/uploads\/[^/]+$/],
  ['PATCH', /^\/api\/portal\/[^/]+\/uploads\/[^/]+$/],
  ['POST', /^\/portal\/[^/]+\/files$/],
  ['POST', /^\/dashboard\/[^/]+\/portals\/[^/]+\/files$/],
]

export const takesLarge = (method: string, path: string): boolean =>
  large.some(([one, pattern]) => one === method && pattern.test(path))
