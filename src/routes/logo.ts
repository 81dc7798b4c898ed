import { logoByName } from '../features/branding/queries.ts'
import { paths } from '../paths.ts'
import { door } from './door.tsx'

/**
 * Logos are for everybody: pages and mails show them to people who have no account. The name changes
 * with the image, so it is kept for good; whatever the bytes are, a browser treats them as an image.
 */
export const logos = door().get(paths.logoFile(':organization', ':file'), async (c) => {
  const { organization: organizationId, file } = c.req.param()
  const logo = await logoByName(c.env.BUCKET, { organizationId, file }, c.req.raw.headers)
  if (!logo) return c.notFound()
  const headers = {
    ETag: logo.etag,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  }
  if (!logo.body) return c.body(null, 304, headers)
  return c.body(logo.body, 200, {
    ...headers,
    'Content-Type': logo.contentType,
    'Content-Length': String(logo.size),
  })
})
