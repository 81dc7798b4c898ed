import app from '../src/index.ts'
import type { Env } from '../src/env.ts'

/** The product, with the least that could be done beside it: an object of the bucket as it is. */
export default {
  async fetch(request: Request, env: Env, execution: ExecutionContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname !== '/bare') return app.fetch(request, env, execution)
    if (request.method === 'PUT') {
      await env.BUCKET.put(searchParams.get('key') ?? '', request.body)
      return new Response(null, { status: 204 })
    }
    const found = await env.BUCKET.get(searchParams.get('key') ?? '')
    if (!found) return new Response(null, { status: 404 })
    const headers = { 'Content-Type': 'video/mp4', 'Content-Length': String(found.size) }
    return new Response(found.body, { headers })
  },
}
