import { days, type OrganizationStory } from './story.ts'

/** Behind `npm start -- --crowd`: an organisation with more portals than anybody can look through. */
export const thousands: OrganizationStory = {
  slug: 'thousands',
  name: 'Ten Thousand Doors',
  timeZone: 'Europe/London',
  locale: 'en-GB',
  currency: 'EUR',
  team: [{ name: 'Olga Many', email: 'olga@thousands.example', role: 'owner', joined: days(400) }],
  portals: [],
}
