import { days, type InvoiceStory } from './story.ts'

/** What was billed when, how many days later it was due and paid, and what of it if not all. */
type Billed = readonly [
  ago: number,
  terms: number,
  amount: number,
  what: string,
  paidAfter?: number,
  part?: number,
]

const stories = (billed: readonly Billed[]): InvoiceStory[] =>
  billed.map(([ago, terms, amount, what, paidAfter, part]) => ({
    lines: [[what, '1', amount]],
    issued: days(ago),
    due: days(ago - terms),
    ...(paidAfter === undefined ? {} : { paid: days(ago - paidAfter) }),
    ...(part === undefined ? {} : { part }),
  }))

/** A year of money by project, beside what a portal's own story says. */
export const money: Record<string, readonly InvoiceStory[]> = {
  'Tasting room signage': stories([
    [346, 14, 320_000, 'Signage: survey and concept', 16],
    [318, 14, 480_000, 'Signage: design of twelve signs', 11],
    [283, 14, 365_000, 'Signage: drawings for the sign maker', 20],
    [251, 14, 540_000, 'Menus and labels for the bar', 13],
    [221, 14, 290_000, 'Signage: supervision on site', 15],
    [126, 14, 118_500, 'Winter menu boards'],
  ]),
  'Spring lookbook 2026': stories([
    [226, 14, 410_000, 'Lookbook: art direction', 12],
    [204, 14, 685_000, 'Lookbook: two days of photography', 17],
    [178, 14, 390_000, 'Lookbook: layout and retouching', 10],
    [156, 14, 240_000, 'Lookbook: files for print', 19],
  ]),
  'Mobile app · discovery': stories([
    [128, 14, 560_000, 'Discovery sprint, first half', 14],
    [107, 14, 560_000, 'Discovery sprint, second half', 18],
    [92, 21, 345_000, 'Clickable prototype', 40, 150_000],
  ]),
  'Brand identity': stories([
    [86, 14, 720_000, 'Brand strategy', 13],
    [61, 14, 495_000, 'Logo concepts, three directions', 27],
    [47, 14, 260_000, 'Brand guidelines, first part', 30, 100_000],
    [16, 30, 380_000, 'Brand guidelines, second part', 7],
  ]),
  'Annual report 2026': stories([
    [30, 14, 450_000, 'Annual report: concept', 12],
    [9, 30, 275_000, 'Annual report: design of the spreads'],
  ]),
  'Exhibition guide, wayfinding and printed programme for the travelling collection “Paper, Salt and Light”, spring season':
    stories([
      [55, 14, 640_000, 'Concept of the guide, in three languages', 15],
      [33, 14, 380_000, 'Wayfinding: plans of four houses', 12],
      [22, 14, 215_000, 'Programme: typography and proofs'],
      [6, 30, 490_000, 'Programme: printing, first part'],
    ]),
  'Seasonal campaign': stories([
    [10, 14, 280_000, 'Campaign idea and key visual', 5],
    [4, 14, 165_000, 'Posters and window stickers'],
  ]),
}
