import { days, hours, minutes } from './story.ts'

/** Somebody writes, or somebody of the team reads what there is. */
export type Line = { ago: number; by: string } & ({ says: string } | { reads: true })

const maya = 'maya@northwind.example'
const tom = 'tom@northwind.example'
const ingrid = 'ingrid@fjord.example'

const jane = 'jane@halcyon.example'
const priya = 'priya@meridian.example'
const ruth = 'ruth@beacon.example'
const oskar = 'oskar@parcelpine.example'
const zaneta = 'zaneta@muzeum-lodz.example'
const imani = 'imani@alderoak.example'
const sam = 'sam@olivethyme.example'
const hakon = 'hakon@lofotenpark.example'
const marte = 'marte@nordlys.example'

/** What was written in the demo's portals, by project, oldest first; in some nobody has written yet. */
export const threads: Record<string, readonly Line[]> = {
  'Website relaunch': [
    {
      ago: days(60),
      by: maya,
      says: 'Hello Jane, this is where everything about the new website will be: the plan, the files, and us. Write here whenever something comes to mind.',
    },
    {
      ago: days(59),
      by: jane,
      says: 'Found it, thank you. It even works on my phone in the roastery.',
    },
    {
      ago: days(55),
      by: tom,
      says: 'For the interviews: could you name three regulars and one person who stopped coming?\nHalf an hour each is plenty.',
    },
    {
      ago: days(54) - hours(3),
      by: jane,
      says: 'Gladly. Aisha, Mr Lindqvist and the two from the bike shop. And my brother-in-law, who now drinks tea.',
    },
    {
      ago: days(41),
      by: jane,
      says: 'Read all of Discovery on the train. The page about why people come back made my week. Approved!',
    },
    {
      ago: days(33) - hours(2),
      by: maya,
      says: 'First sketches of the home page are on the board: https://boards.northwind.example/halcyon/home\nTwo quiet ones and a loud one. Which feels like you?',
    },
    {
      ago: days(30),
      by: jane,
      says: 'The second quiet one, with the warmer green. Could the opening hours stand at the very top? Half of our calls are about them.',
    },
    {
      ago: days(29) - hours(5),
      by: tom,
      says: 'They can, and they will know about public holidays.',
    },
    {
      ago: days(16),
      by: jane,
      says: 'My sister saw the product pages and cried a little. In a good way.',
    },
    {
      ago: days(9),
      by: maya,
      says: 'That is going into our reviews. Next: shop and journal. You’ll see Design move to 100% when they are there.',
    },
    {
      ago: days(4),
      by: jane,
      says: 'No hurry from our side, the new grinder keeps everybody busy until the weekend.',
    },
    { ago: days(4) - hours(1), by: maya, reads: true },
    {
      ago: hours(5),
      by: maya,
      says: 'The final designs are here: https://boards.northwind.example/halcyon/final\nIf the menu page looks right to you, approve the milestone on the flight plan.',
    },
    {
      ago: hours(3) - minutes(4),
      by: jane,
      says: 'Lovely. One question on the allergens table, then I’ll approve.',
    },
    { ago: hours(2), by: tom, says: 'Of course. What would you like to know?' },
    {
      ago: minutes(75),
      by: maya,
      says: 'And while you look: the beta is further than planned, you can click through the shop by Friday.',
    },
  ],
  'Brand identity': [
    {
      ago: days(86),
      by: tom,
      says: 'Welcome, Priya. Before the workshop on Thursday: please bring three brands you envy and one you can’t stand.',
    },
    {
      ago: days(84),
      by: priya,
      says: 'The list of what we can’t stand is longer. See you Thursday.',
    },
    {
      ago: days(60),
      by: priya,
      says: 'The brief is exactly what we hoped for. Our board has nothing to add, which has never happened before.',
    },
    {
      ago: days(33),
      by: priya,
      says: 'Could we see the mark in one colour too? Our statements are still printed in black.',
    },
    { ago: days(32), by: tom, says: 'Yes, and on a stamp. Both come with the second round.' },
    {
      ago: days(12),
      by: priya,
      says: 'Direction B it is, by seven to two. The two will come around.',
    },
    { ago: days(11), by: tom, reads: true },
    {
      ago: days(6) - hours(2),
      by: tom,
      says: 'Thank you! The lettering is being redrawn for small sizes; the concepts go from 80 to 100% once that is done.',
    },
    {
      ago: days(3) - minutes(6),
      by: priya,
      says: 'When can Daniel have something for the branch in Leeds? He keeps asking, and I keep pointing at your plan.',
    },
    {
      ago: days(3) - minutes(9),
      by: priya,
      says: 'A draft would do: https://meridian.example/branches/leeds shows the window.',
    },
  ],
  'Annual report 2026': [
    {
      ago: days(34),
      by: maya,
      says: 'Hello both! The structure of last year’s report is our starting point; the plan is on this page.',
    },
    {
      ago: days(33),
      by: ruth,
      says: 'Please let the numbers speak first this time. Our donors skip to them anyway.',
    },
    {
      ago: days(20),
      by: ruth,
      says: 'Tone is right. The chair would like fewer adjectives, and so would I.',
    },
    {
      ago: days(19) - hours(3),
      by: maya,
      says: 'Half of them are gone. The other half are yours to choose from.',
    },
    {
      ago: days(7),
      by: ruth,
      says: 'I have asked for changes: the charts need the audited figures, which came this morning.',
    },
    { ago: days(7) - hours(4), by: maya, reads: true },
    {
      ago: days(5),
      by: maya,
      says: 'The new figures are in. Could you look at pages 12 to 19 before we ask for your sign-off again?',
    },
  ],
  'Mobile app · discovery': [
    {
      ago: days(128),
      by: tom,
      says: 'Eleven interviews are booked. Who of your drivers would be up for a ride-along?',
    },
    { ago: days(127), by: oskar, says: 'Elin. She has opinions, and a spare seat.' },
    {
      ago: days(64),
      by: oskar,
      says: 'We watched the recordings together. Nobody reads the delivery note, do they?',
    },
    { ago: days(63), by: tom, says: 'Nobody. That is now the first page of the findings.' },
    {
      ago: days(22),
      by: oskar,
      says: 'The prototype went through three depots. Comments follow, most of them about gloves.',
    },
    { ago: days(21) - hours(6), by: tom, reads: true },
  ],
  'Exhibition guide, wayfinding and printed programme for the travelling collection “Paper, Salt and Light”, spring season':
    [
      {
        ago: days(17),
        by: zaneta,
        says: 'Dzień dobry! The floor plans of the three halls and the courtyard come by courier. The Greek texts (Χαρτί, αλάτι και φως) follow when the translator is back.',
      },
      {
        ago: days(16),
        by: maya,
        says: 'Dziękujemy! We begin with the courtyard, since its walls decide the letter height.',
      },
      {
        ago: days(2),
        by: zaneta,
        says: 'A sentence from the catalogue, as an example of how long they can be: “Papier, który pamięta dotyk wody, światła i soli, jest w tej kolekcji nie tylko podłożem obrazu, ale jego pierwszym bohaterem.”\nhttps://muzeum-lodz.example/katalog/papier-sol-i-swiatlo/pelny-opis-kolekcji-i-lista-obiektow-2026?wersja=ostateczna&jezyk=pl',
      },
    ],
  'Tasting room signage': [
    { ago: days(238), by: imani, says: 'Can signs be made from our old barrels?' },
    {
      ago: days(237),
      by: maya,
      says: 'They can, and they will smell of it for a year. Sounds like an advantage.',
    },
    { ago: days(118), by: imani, says: 'They hang, they glow, people take photos. Thank you!' },
    { ago: days(117), by: maya, reads: true },
  ],
  'Spring lookbook 2026': [
    {
      ago: days(226),
      by: sam,
      says: 'The samples are on their way to you, the linen ones wrinkle by looking at them.',
    },
    { ago: days(225), by: tom, says: 'We own a steamer and a patient assistant.' },
  ],
  'Visitor centre': [
    {
      ago: days(49),
      by: ingrid,
      says: 'Hei Håkon! Here is the plan until the opening. Ask anything, in whatever language the weather allows.',
    },
    {
      ago: days(23),
      by: hakon,
      says: 'The concept is approved by everybody here, puffins included.',
    },
    {
      ago: days(5),
      by: hakon,
      says: 'The sign at the harbour must be readable from the ferry, in rain. Can we test one in place?',
    },
  ],
  'Seasonal campaign': [
    {
      ago: days(10),
      by: ingrid,
      says: 'Storyboard in four frames, before we talk about music. Which bun gets the close-up?',
    },
    {
      ago: days(9) - hours(20),
      by: marte,
      says: 'The cardamom one. There was a vote, it was close.',
    },
    {
      ago: hours(28) - minutes(3),
      by: marte,
      says: 'Frame three makes everybody hungry. Can we keep it a second longer?',
    },
    { ago: hours(26), by: ingrid, reads: true },
    { ago: hours(25), by: ingrid, says: 'Two seconds, even. The film has the time.' },
  ],
}
