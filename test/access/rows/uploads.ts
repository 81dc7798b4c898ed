import { paths } from '../../../src/paths.ts'
import { item, added, gone, row } from '../answers.ts'
import { announced, p, u, tus, type Route } from '../route.ts'

const bytesFrom = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
// What a contact sends is theirs alone: the scene's upload is of the link to everything.
const sentInside = row(404, 204, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const begunInside = row(404, 201, 404, 404, 201, 404, 404, 404, 404, 404, 404, 404, 404)
const ownUpload = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const can = row(401, 401, 401, 401, 401, 204, 204, 204, 204, 204, 204, 204, 204)
const clientCan = row(404, 204, 204, 404, 204, 404, 404, 404, 404, 404, 404, 404, 404)

export const uploadRoutes: readonly Route[] = [
  tus('OPTIONS', paths.api.clientUploads(':token'), clientCan),
  tus('POST', paths.api.clientUploads(':token'), begunInside, announced),
  tus('GET', paths.api.clientUpload(':token', u), ownUpload),
  tus('PATCH', paths.api.clientUpload(':token', u), sentInside, bytesFrom),
  tus('DELETE', paths.api.clientUpload(':token', u), sentInside),
  tus('OPTIONS', paths.api.uploads(p), can),
  tus('POST', paths.api.uploads(p), added, announced),
  tus('GET', paths.api.upload(p, u), item),
  tus('PATCH', paths.api.upload(p, u), gone, bytesFrom),
  tus('DELETE', paths.api.upload(p, u), gone),
]
