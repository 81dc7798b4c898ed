/** What the index keeps of a text; everything else parts its words. */
const between = /[^\p{L}\p{N}\p{M}\p{Co}]+/u

/** A mark alone is no word: an emoji leaves its variation selector behind. */
const word = /[\p{L}\p{N}\p{Co}]/u

/** Words of a search beyond these are left out: who knows eight has found it. */
const MOST_TERMS = 8

/** The words that a search looks for, each as the beginning of a word. */
export const searchTerms = (text: string): string[] =>
  text
    .split(between)
    .filter((term) => word.test(term))
    .slice(0, MOST_TERMS)

/** A word that stands for an id in a full-text table. */
export const wordOf = (id: string): string => id.replaceAll('-', '')
