type Server = (request: Request) => Response | Promise<Response>

const servers = new Map<string, Server>()

/** What stands behind an origin that the Worker calls out to. */
export const answerFor = (origin: string, server: Server): void => {
  servers.set(origin, server)
}

/** In place of fetch: reaches the servers of the tests and nothing else. Hangs until aborted when they do. */
export async function outbound(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  const server = servers.get(new URL(request.url).origin)
  if (!server) throw new TypeError(`connect ECONNREFUSED ${new URL(request.url).host}`)
  const aborted = new Promise<never>((_, reject) => {
    const signal = init?.signal ?? request.signal
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  return Promise.race([server(request), aborted])
}
