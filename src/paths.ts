// Every address of the product. The functions take ids, or route parameters such as ':portal', which
// their return types keep, so that a handler knows its parameters.

const dashboard = <O extends string>(organization: O) => `/dashboard/${organization}` as const
const portalOf = <O extends string, P extends string>(organization: O, portal: P) =>
  `${dashboard(organization)}/portals/${portal}` as const
const linkOf = <O extends string, P extends string, L extends string>(
  organization: O,
  portal: P,
  link: L,
) => `${portalOf(organization, portal)}/links/${link}` as const

const apiPortal = <P extends string>(portal: P) => `/api/portals/${portal}` as const
const apiLink = <P extends string, L extends string>(portal: P, link: L) =>
  `${apiPortal(portal)}/links/${link}` as const

export type LinkAction = 'pause' | 'resume' | 'replace' | 'send' | 'reveal' | 'delete' | 'view'
export type ApiLinkAction = Exclude<LinkAction, 'delete' | 'view'>

export const paths = {
  home: '/',
  healthz: '/healthz',
  robots: '/robots.txt',
  signIn: '/sign-in',
  confirm: '/sign-in/confirm',
  signOut: '/sign-out',

  /** The client door. */
  portal: <T extends string>(token: T) => `/portal/${token}` as const,
  askForLink: <T extends string>(token: T) => `/portal/${token}/ask` as const,

  dashboard: '/dashboard',
  organization: dashboard,
  portals: <O extends string>(organization: O) => `${dashboard(organization)}/portals` as const,
  newPortal: <O extends string>(organization: O) =>
    `${dashboard(organization)}/portals/new` as const,
  portalOf,
  links: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/links` as const,
  newLink: <O extends string, P extends string>(organization: O, portal: P) =>
    `${portalOf(organization, portal)}/links/new` as const,
  link: linkOf,
  linkAction: <O extends string, P extends string, L extends string>(
    organization: O,
    portal: P,
    link: L,
    action: LinkAction,
  ) => `${linkOf(organization, portal, link)}/${action}` as const,
  emails: <O extends string>(organization: O) => `${dashboard(organization)}/emails` as const,
  retryEmail: <O extends string, E extends string>(organization: O, email: E) =>
    `${dashboard(organization)}/emails/${email}/retry` as const,

  api: {
    openapi: '/api/openapi.json',
    portals: '/api/portals',
    portal: apiPortal,
    links: <P extends string>(portal: P) => `${apiPortal(portal)}/links` as const,
    link: apiLink,
    linkAction: <P extends string, L extends string>(portal: P, link: L, action: ApiLinkAction) =>
      `${apiLink(portal, link)}/${action}` as const,
    emails: '/api/emails',
    retryEmail: <E extends string>(email: E) => `/api/emails/${email}/retry` as const,
    client: <T extends string>(token: T) => `/api/portal/${token}` as const,
    seen: <T extends string>(token: T) => `/api/portal/${token}/seen` as const,
  },
  webhooks: { sendgrid: '/api/webhooks/sendgrid' },
} as const

/** The address with a query; what is undefined is left out. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
