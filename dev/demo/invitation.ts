import { invite } from '../../src/features/invitations/actions.ts'
import type { Desk } from './organization.ts'
import type { InvitedColleague } from './story.ts'

/** Invites as the members' page does. */
export async function playInvitation(desk: Desk, story: InvitedColleague): Promise<void> {
  const { email, role, by, ago } = story
  const invited = await invite(desk.ctx(by, ago), { email, role })
  if (!invited.ok) throw new Error(`The demo could not invite ${email}.`)
}
