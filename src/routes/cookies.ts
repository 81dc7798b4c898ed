/** On to another page, with the cookies that Better Auth wants the browser to have. */
export function withCookies(from: Headers, location: string): Response {
  const headers = new Headers({ location })
  for (const cookie of from.getSetCookie()) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
