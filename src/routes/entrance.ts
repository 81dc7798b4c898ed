import { paths } from '../paths.ts'
import { client } from './api/client.ts'
import { door } from './door.tsx'
import { logos } from './logo.ts'
import { clientDoor } from './portal/index.tsx'

/** Where clients come in, with the few pages that belong to nobody. */
export const entrance = door()
  .get(paths.home, (c) => c.redirect(paths.dashboard, 303))
  .get(paths.robots, (c) => c.text('User-agent: *\nDisallow: /\n'))
  .route('/', logos)
  .route('/', clientDoor)
  .route('/', client)
