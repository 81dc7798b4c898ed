import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import type { Base } from '../http.ts'
import { activity } from './openapi/activity.ts'
import { client } from './openapi/client.ts'
import { document } from './openapi/document.ts'
import { documents } from './openapi/documents.ts'
import { emails } from './openapi/emails.ts'
import { files } from './openapi/files.ts'
import { invoices } from './openapi/invoices.ts'
import { links } from './openapi/links.ts'
import { messages } from './openapi/messages.ts'
import { milestones } from './openapi/milestones.ts'
import { payments } from './openapi/payments.ts'
import { portals } from './openapi/portals.ts'
import { uploads } from './openapi/uploads.ts'
import type { Operation } from './openapi/operation.ts'

/** Every operation of the API; a test holds this table against the routes. */
export const operations: readonly Operation[] = [
  ...documents,
  ...portals,
  ...links,
  ...milestones,
  ...activity,
  ...messages,
  ...invoices,
  ...payments,
  ...files,
  ...emails,
  ...uploads,
  ...client,
]

export const openapi = new Hono<Base>().get(paths.api.openapi, (c) =>
  c.json(document(operations, c.get('ctx').settings.appUrl)),
)
