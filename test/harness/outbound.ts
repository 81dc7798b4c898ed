type Server = (request: Request) => Response | Promise<Response>

const servers = new Map<string, Server>()

/** What stands behind an origin that the Worker calls out to; undefined takes it off the network. */
export function answerFor(origin: string, server: Server | undefined): void {
  if (server) servers.set(origin, server)
  else servers.delete(origin)
}

/** In place of fetch: reaches the servers of the tests and nothing else. Hangs until aborted when they do. */
export async function outbound(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined)
  const request = new Request(input, init)
  const server = servers.get(new URL(request.url).origin)
  // As workerd says it, whether nobody listens or the connection breaks.
  if (!server) throw new Error('Network connection lost.')
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
  return Promise.race([server(request), aborted])
}
