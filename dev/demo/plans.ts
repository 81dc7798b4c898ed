import { days, hours, inDays, minutes } from './story.ts'

interface MoveStory {
  ago: number
  to: number
}

interface AnswerStory {
  ago: number
  /** The contact's email. */
  by: string
  note?: string
}

export interface MilestoneStory {
  title: string
  description?: string
  /** Falls on this instant's day, or on the Monday after. */
  due?: number
  weight?: number
  moves?: readonly MoveStory[]
  asked?: number
  approved?: AnswerStory
  changes?: AnswerStory
}

export interface PlanStory {
  planned: number
  milestones: readonly MilestoneStory[]
  /** The name of the template that was made of it, and when. */
  template?: { name: string; ago: number }
}

/** All of it done and signed off, long ago. */
const done = (ago: number): readonly MoveStory[] => [
  { ago: ago + days(9), to: 45 },
  { ago: ago + days(2), to: 100 },
]

/** The plans of the demo's portals, by project; some portals have none yet. */
export const plans: Record<string, PlanStory> = {
  'Website relaunch': {
    planned: days(61),
    template: { name: 'Website, five steps', ago: days(58) },
    milestones: [
      {
        title: 'Discovery',
        description: 'Interviews, analytics, and what the new site has to do.',
        due: days(40),
        weight: 2,
        moves: [
          { ago: days(54), to: 40 },
          { ago: days(44), to: 100 },
        ],
        asked: days(43),
        approved: { ago: days(41), by: 'jane@halcyon.example' },
      },
      {
        title: 'Design',
        description: 'Home, shop, product and journal, on phone and desktop.',
        due: days(1),
        weight: 3,
        moves: [
          { ago: days(33), to: 30 },
          { ago: days(17), to: 80 },
          { ago: days(2) + hours(2), to: 100 },
        ],
        asked: days(2),
      },
      {
        title: 'Beta build',
        due: inDays(10),
        weight: 3,
        moves: [
          { ago: days(8), to: 25 },
          { ago: days(2) - hours(3), to: 40 },
          { ago: hours(1), to: 55 },
        ],
      },
      { title: 'Content migration', due: inDays(24), moves: [{ ago: days(5), to: 15 }] },
      { title: 'Launch', due: inDays(48) },
    ],
  },
  'Brand identity': {
    planned: days(86),
    milestones: [
      {
        title: 'Workshop and brief',
        due: days(70),
        moves: done(days(68)),
        asked: days(67),
        approved: {
          ago: days(60),
          by: 'priya@meridian.example',
          note: 'Exactly what we hoped for.',
        },
      },
      {
        title: 'Logo concepts',
        description: 'Three directions, each on a card, a screen and a sign.',
        due: days(4),
        weight: 2,
        moves: [
          { ago: days(30), to: 50 },
          { ago: days(6), to: 80 },
        ],
      },
      { title: 'Guidelines', due: inDays(28) },
    ],
  },
  'Annual report 2026': {
    planned: days(34),
    milestones: [
      { title: 'Structure and tone', due: days(21), moves: done(days(20)) },
      {
        title: 'Editorial design',
        due: inDays(3),
        weight: 2,
        moves: [
          { ago: days(15), to: 60 },
          { ago: days(9), to: 100 },
          { ago: days(5), to: 90 },
        ],
        asked: days(8),
        changes: {
          ago: days(7),
          by: 'ruth@beacon.example',
          note: 'The charts need our new figures.\nCould the letter from the chair come first?',
        },
      },
      { title: 'Print-ready files', due: inDays(17), moves: [{ ago: days(4), to: 10 }] },
    ],
  },
  'Mobile app · discovery': {
    planned: days(128),
    milestones: [
      { title: 'Interviews', due: days(100), moves: done(days(98)) },
      { title: 'Prototype', due: days(26), weight: 2, moves: [{ ago: days(40), to: 70 }] },
      { title: 'Hand-over', due: inDays(6) },
    ],
  },
  'Exhibition guide, wayfinding and printed programme for the travelling collection “Paper, Salt and Light”, spring season':
    {
      planned: days(17),
      milestones: [
        {
          title:
            'Wayfinding concept for the three halls, the courtyard and the entrance on Piotrkowska',
          description:
            'Materials, heights and languages.\nThe lettering has to hold Polish, Greek and English side by side.',
          due: inDays(1),
          moves: [{ ago: days(3), to: 35 }],
        },
        { title: 'Programme, first proofs', due: inDays(35) },
      ],
    },
  'Shop photography': {
    planned: minutes(12),
    milestones: [{ title: 'Shoot day', due: inDays(9) }, { title: 'Selection and retouching' }],
  },
  'Tasting room signage': {
    planned: days(238),
    milestones: [
      { title: 'Concept', due: days(205), moves: done(days(205)) },
      {
        title: 'Production and mounting',
        due: days(120),
        weight: 3,
        moves: done(days(121)),
        asked: days(119),
        approved: { ago: days(118), by: 'imani@alderoak.example' },
      },
    ],
  },
  'Visitor centre': {
    planned: days(49),
    milestones: [
      { title: 'Concept', due: days(24), moves: done(days(25)) },
      {
        title: 'Signage and texts',
        due: inDays(5),
        moves: [
          { ago: days(12), to: 20 },
          { ago: days(6), to: 65 },
        ],
      },
      { title: 'Opening', due: inDays(60) },
    ],
  },
  'Seasonal campaign': {
    planned: days(10),
    milestones: [
      { title: 'Storyboard', due: inDays(2), moves: [{ ago: hours(30), to: 75 }] },
      { title: 'Film and stills', due: inDays(16), weight: 2 },
      { title: 'On air', due: inDays(22) },
    ],
  },
}
