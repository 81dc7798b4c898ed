import { entrancePaths as paths } from '../entrance-paths.ts'
import { door } from './door.tsx'
import { clientDoor } from './portal/index.tsx'

/** Where clients come in, with the few pages that belong to nobody. */
export const entrance = door()
  .get(paths.home, (c) => c.redirect(paths.dashboard, 303))
  .get(paths.robots, (c) => c.text('User-agent: *\nDisallow: /\n'))
  .route('/', clientDoor)
