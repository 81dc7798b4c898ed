import { fjordLogo } from './logo.ts'
import { days, hours, type OrganizationStory } from './story.ts'

const ingrid = 'ingrid@fjord.example'

export const fjord: OrganizationStory = {
  slug: 'fjord-field',
  name: 'Fjord & Field',
  timeZone: 'Europe/Oslo',
  locale: 'en-GB',
  currency: 'EUR',
  brand: {
    legalName: 'Fjord & Field AS',
    address: 'Strandgaten 14\n5013 Bergen\nNorway',
    taxId: 'NO 998 765 432 MVA',
    accent: '#f08a4b',
    senderName: null,
    replyTo: ingrid,
    logo: fjordLogo,
  },
  team: [
    { name: 'Ingrid Dahl', email: ingrid, role: 'owner', joined: days(200) },
    // Of Northwind Studio too, so that there is something to switch between.
    { name: 'Maya Ortiz', email: 'maya@northwind.example', role: 'admin', joined: days(75) },
  ],
  portals: [
    {
      project: 'Visitor centre',
      client: 'Lofoten Nature Park',
      currency: 'NOK',
      by: ingrid,
      contacts: [
        {
          name: 'Håkon Berg',
          email: 'hakon@lofotenpark.example',
          invited: days(51),
          visits: [days(50), days(23), days(5)],
        },
      ],
    },
    {
      project: 'Seasonal campaign',
      client: 'Nordlys Bakery',
      currency: 'EUR',
      by: ingrid,
      contacts: [
        {
          name: 'Marte Solheim',
          email: 'marte@nordlys.example',
          invited: days(11),
          visits: [days(10), hours(28)],
        },
      ],
    },
  ],
}
