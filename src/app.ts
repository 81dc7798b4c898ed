import type { Hono } from 'hono'
import type { Env } from './env.ts'
import { entrance } from './routes/entrance.ts'
import type { Base } from './routes/http.ts'

interface Door {
  /** Which paths it answers for; the first door that fits answers. */
  opens: RegExp
  load: () => Promise<Hono<Base>>
}

/**
 * The doors of the product. All but the entrance, where clients come in, are loaded when somebody
 * knocks: what a client's page evaluates stays small.
 */
export const doors: readonly Door[] = [
  { opens: /^\/healthz$/, load: async () => (await import('./routes/healthz.ts')).healthz },
  {
    opens: /^\/sign-(?:in|out)(?:\/|$)/,
    load: async () => (await import('./routes/sign-in.tsx')).signIn,
  },
  { opens: /^\/join(?:\/|$)/, load: async () => (await import('./routes/join.tsx')).join },
  {
    opens: /^\/dashboard(?:\/|$)/,
    load: async () => (await import('./routes/dashboard/index.tsx')).dashboard,
  },
  {
    opens: /^\/api\/portal\/[^/]+\/uploads(?:\/|$)/,
    load: async () => (await import('./routes/api/client-uploads.ts')).clientUploads,
  },
  {
    opens: /^\/api\/portal\//,
    load: async () => (await import('./routes/api/client.ts')).clientApi,
  },
  { opens: /^\/api\//, load: async () => (await import('./routes/api/index.ts')).api },
  { opens: /^\/paid\//, load: async () => (await import('./routes/paid.tsx')).paid },
  {
    opens: /^\/invoice(?:\/|$)/,
    load: async () => (await import('./routes/invoice/index.tsx')).invoiceDoor,
  },
  {
    // PDFs below a portal's address.
    opens: /^\/portal\/[^/]+\/(?:invoices\/.+\/(?:pdf|receipt)|statement)$/,
    load: async () => (await import('./routes/portal/papers.ts')).clientPapers,
  },
  { opens: /^\/logo\//, load: async () => (await import('./routes/logo.ts')).logos },
  { opens: /^\//, load: () => Promise.resolve(entrance) },
]

/** The whole product; tests call it with an environment of their own. */
export async function fetch(
  request: Request,
  env: Env,
  execution: ExecutionContext,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  const found = doors.find(({ opens }) => opens.test(pathname))
  const app = found ? await found.load() : entrance
  return app.fetch(request, env, execution)
}
