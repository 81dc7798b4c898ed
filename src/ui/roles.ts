import type { Role } from '../db/schema/organizations.ts'

interface RoleWords {
  name: string
  /** As in "you join as ...". */
  as: string
  hint: string
}

/** What each role is called, wherever somebody reads it. */
export const roleWords: Record<Role, RoleWords> = {
  owner: {
    name: 'Owner',
    as: 'an owner',
    hint: 'Everything, and who else is an owner.',
  },
  admin: {
    name: 'Admin',
    as: 'an admin',
    hint: 'Runs the team, the settings and every link.',
  },
  member: {
    name: 'Member',
    as: 'a member',
    hint: 'Opens portals and works with clients.',
  },
}
