import { days, hours, inDays, minutes, type OrganizationStory } from './story.ts'

const maya = 'maya@northwind.example'
const tom = 'tom@northwind.example'

/** Whose link is the demo's `portalUrl`. */
export const jane = 'jane@halcyon.example'

export const northwind: OrganizationStory = {
  slug: 'northwind',
  name: 'Northwind Studio',
  timeZone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  payments: true,
  // The product's own look: its pictures are of this organisation.
  brand: {
    legalName: 'Northwind Studio LLC',
    address: '218 Water Street, Floor 4\nNew York, NY 10038\nUnited States',
    taxId: 'EIN 84-1234567',
    accent: null,
    senderName: 'Maya at Northwind',
    replyTo: 'hello@northwind.example',
  },
  team: [
    { name: 'Maya Ortiz', email: maya, role: 'owner', joined: days(420) },
    { name: 'Tom Reed', email: tom, role: 'admin', joined: days(300) },
    { name: 'Lena Fischer', email: 'lena@northwind.example', role: 'member', joined: days(96) },
  ],
  invited: [{ email: 'jonas@northwind.example', role: 'member', by: maya, ago: hours(20) }],
  portals: [
    {
      project: 'Tasting room signage',
      client: 'Alder & Oak Cider',
      currency: 'USD',
      by: maya,
      archived: days(96),
      contacts: [
        {
          name: 'Imani Brooks',
          email: 'imani@alderoak.example',
          invited: days(240),
          visits: [days(239), days(211), days(170), days(118), days(97)],
        },
      ],
    },
    {
      project: 'Spring lookbook 2026',
      client: 'Olive & Thyme',
      currency: 'USD',
      by: tom,
      archived: days(150),
      contacts: [
        {
          name: 'Sam Reyes',
          email: 'sam@olivethyme.example',
          invited: days(228),
          visits: [days(227), days(190), days(151), days(20)],
        },
        {
          name: 'Accounts desk',
          email: 'bills@olivethyme.example',
          scope: 'billing',
          invited: days(200),
          visits: [days(198)],
        },
      ],
    },
    {
      project: 'Mobile app · discovery',
      client: 'Parcel & Pine',
      currency: 'USD',
      by: tom,
      contacts: [
        {
          name: 'Oskar Lind',
          email: 'oskar@parcelpine.example',
          invited: days(130),
          lastDay: days(21),
          visits: [days(129), days(101), days(64), days(22)],
          happenings: [{ what: 'ask', ago: minutes(25) }],
        },
      ],
    },
    {
      project: 'Brand identity',
      client: 'Meridian Trust',
      currency: 'USD',
      by: tom,
      contacts: [
        {
          name: 'Priya Raman',
          email: 'priya@meridian.example',
          invited: days(88),
          visits: [days(87), days(60), days(33), days(12), days(3)],
          happenings: [{ what: 'replace', ago: days(34) }],
        },
        {
          name: 'Daniel Okafor',
          email: 'daniel@meridian.example',
          invited: days(40),
        },
      ],
    },
    {
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      currency: 'USD',
      by: maya,
      contacts: [
        {
          name: 'Jane Cooper',
          email: jane,
          invited: days(62),
          visits: [days(62), days(55), days(41), days(30), days(16), days(9), days(4), hours(3)],
          happenings: [{ what: 'reveal', ago: days(29) }],
        },
        {
          name: 'Accounts desk',
          email: 'ap@halcyon.example',
          scope: 'billing',
          invited: days(44),
          lastDay: inDays(75),
          visits: [days(43), days(15)],
        },
      ],
      requests: [
        {
          title: 'Opening hours of all cafés',
          note: 'Summer and winter, as they hang on the doors. A photo will do.',
          asked: days(9),
          due: days(2),
        },
        {
          title: 'Logo, vector format',
          note: 'SVG, EPS or AI: your printer will have it.',
          asked: days(2),
          due: inDays(3),
        },
      ],
      invoices: [
        {
          lines: [
            ['Discovery: interviews and inventory', '4', 60_000],
            ['Workshop in the café, half a day', '1', 60_000],
          ],
          issued: days(58),
          due: days(44),
          paid: days(50),
        },
        {
          lines: [
            ['Design: menu and shop pages', '17.5', 11_000],
            ['Photographs of the tiles upstairs', '1', 22_500],
          ],
          issued: days(20),
          due: days(6),
        },
        {
          lines: [['Beta build, first half', '1', 420_000]],
          issued: days(3),
          due: inDays(23),
        },
      ],
    },
    {
      project: 'Annual report 2026',
      client: 'Beacon Foundation',
      currency: 'USD',
      by: maya,
      contacts: [
        {
          name: 'Ruth Adeyemi',
          email: 'ruth@beacon.example',
          invited: days(35),
          visits: [days(34), days(20), days(7)],
        },
        {
          name: 'Leo Marsh',
          email: 'leo@beacon.example',
          invited: days(35) - minutes(4),
          visits: [days(28)],
          happenings: [{ what: 'pause', ago: days(6), by: tom }],
        },
      ],
      requests: [{ title: 'Figures of the year, audited', asked: days(5) }],
    },
    {
      project:
        'Exhibition guide, wayfinding and printed programme for the travelling collection “Paper, Salt and Light”, spring season',
      client: 'Muzeum Włókiennictwa w Łodzi · Μουσείο Ελληνικής Χαρτοποιίας',
      currency: 'EUR',
      by: maya,
      contacts: [
        {
          name: 'Żaneta Wiśniewska-Παπαδοπούλου',
          email: 'zaneta@muzeum-lodz.example',
          invited: days(18),
          visits: [days(17), days(2)],
        },
      ],
    },
    {
      project: 'Shop photography',
      client: 'Olive & Thyme',
      currency: 'USD',
      by: tom,
      contacts: [{ name: 'Nadia Haddad', email: 'nadia@bounce.example', invited: minutes(14) }],
    },
    {
      project: 'Podcast launch',
      client: 'Second Harbor',
      currency: 'USD',
      by: maya,
      contacts: [{ name: 'Sam Whitfield', email: 'sam@secondharbor.example', invited: minutes(4) }],
    },
  ],
  keys: [
    {
      name: 'Website form (old)',
      role: 'admin',
      by: maya,
      made: days(210),
      used: days(92),
      revoked: days(91),
    },
    {
      name: 'Bookkeeping export',
      role: 'member',
      by: tom,
      made: days(91),
      used: hours(5),
      lastDay: inDays(120),
    },
  ],
}
