import { mark, pdf, sound, text, wireframe, type Content } from './file-bytes.ts'
import { days, hours, minutes } from './story.ts'

export interface FileStory {
  folder?: string
  name: string
  /** Oldest first; each by the email of a colleague or of a contact. */
  versions: readonly { by: string; ago: number; content: () => Content }[]
  /** Who deleted it, and when. */
  deleted?: { by: string; ago: number }
}

const maya = 'maya@northwind.example'
const tom = 'tom@northwind.example'
const jane = 'jane@halcyon.example'
const priya = 'priya@meridian.example'
const zaneta = 'zaneta@muzeum-lodz.example'

const quiet = {
  paper: [0xfb, 0xf7, 0xf0],
  ink: [0x2b, 0x2a, 0x28],
  accent: [0x1d, 0x75, 0x66],
} as const
const loud = {
  paper: [0x14, 0x32, 0x2d],
  ink: [0xff, 0xf4, 0xe4],
  accent: [0xf0, 0x8a, 0x4b],
} as const

const once = (by: string, ago: number, content: () => Content) => [{ by, ago, content }]

/** What was sent in a portal, by the name of its project. */
export const fileStories: Readonly<Record<string, readonly FileStory[]>> = {
  'Website relaunch': [
    {
      name: 'kick-off-notes.txt',
      versions: [
        {
          by: maya,
          ago: days(61),
          content: () =>
            text(['Kick-off, 10 o’clock', '', '- three cafés, one shop, six years of stories']),
        },
        {
          by: maya,
          ago: days(60),
          content: () =>
            text([
              'Kick-off, 10 o’clock',
              '',
              '- three cafés, one shop, six years of stories',
              '- menu changes every season: Jane edits it herself',
              '- allergens as one table below the menu',
              '- launch before the spring menu',
            ]),
        },
      ],
    },
    {
      folder: 'Brand',
      name: 'halcyon-logo.png',
      versions: once(jane, days(58), () => mark(quiet)),
    },
    {
      folder: 'Interviews',
      name: 'roastery sound check.wav',
      versions: once(tom, days(41), sound),
    },
    {
      folder: 'Drafts/Round 1',
      name: 'start page, quiet.png',
      versions: once(tom, days(30), () => wireframe(quiet)),
    },
    {
      folder: 'Drafts/Round 1',
      name: 'start page, loud.png',
      versions: once(tom, days(30) - minutes(2), () => wireframe(loud)),
    },
    {
      name: 'old sitemap.pdf',
      versions: once(tom, days(28), () => pdf('Sitemap', ['Home', 'Menu', 'Shop'])),
      deleted: { by: tom, ago: days(6) },
    },
    {
      name: 'menu 2026.csv',
      versions: once(jane, days(16), () =>
        text([
          'drink,small,large',
          'Espresso,2.80,',
          'Cortado,3.40,',
          'Flat white,3.90,4.60',
          'Filter of the week,3.20,4.10',
          'Hot chocolate,4.20,4.90',
        ]),
      ),
    },
    {
      folder: 'Drafts/Round 2',
      name: 'homepage-final.pdf',
      versions: [
        [days(12), 'First round'],
        [days(9), 'With the warmer green'],
        [minutes(50), 'Ready for your sign-off'],
      ].map(([ago, words]) => ({
        by: maya,
        ago: Number(ago),
        content: () =>
          pdf('Halcyon Coffee: start page', [
            String(words),
            '',
            'Above the fold: opening hours of the café nearest to you.',
            'Below: the menu, with allergens as small letters behind each drink.',
            'Last: stories, newest first, each with a photograph of your own.',
          ]),
      })),
    },
    {
      name: 'allergens.csv',
      versions: once(jane, hours(3) - minutes(1), () =>
        text([
          'drink,milk,nuts,gluten',
          'Flat white,yes,,',
          'Oat cortado,,,yes',
          'Hot chocolate,yes,yes,',
        ]),
      ),
    },
  ],
  'Brand identity': [
    {
      folder: 'Marks',
      name: 'meridian-mark-a.png',
      versions: once(tom, days(58), () => mark(loud)),
    },
    {
      folder: 'Marks',
      name: 'meridian-mark-b.png',
      versions: once(tom, days(58) - minutes(1), () => mark(quiet)),
    },
    {
      name: 'annual report (for the tone).pdf',
      versions: once(priya, days(33), () =>
        pdf('Meridian Trust', ['Annual report, extract', 'Plain words, short sentences, no gold.']),
      ),
    },
  ],
  'Exhibition guide, wayfinding and printed programme for the travelling collection “Paper, Salt and Light”, spring season':
    [
      {
        name: 'Przewodnik po wystawie · Πρόγραμμα της έκθεσης · wersja robocza (2).pdf',
        versions: once(zaneta, days(2), () =>
          pdf('Paper, Salt and Light', ['Programme, draft', 'Rooms 1 to 7']),
        ),
      },
    ],
  'Visitor centre': [
    {
      name: 'trail signs.png',
      versions: once('ingrid@fjord.example', days(22), () => wireframe(loud)),
    },
    {
      name: 'opplysninger.txt',
      versions: once('hakon@lofotenpark.example', days(5), () =>
        text(['Åpent hele året', 'Båten går klokken ti og klokken fire.']),
      ),
    },
  ],
}
