/** Control and bidirectional formatting characters: they hide what a person reads. */
const hidden = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Somebody's words as they can stand inside a line of ours: in one line, and not longer than a few. */
export function visible(text: string, most = 160): string {
  const characters = [...text.replace(hidden, ' ').trim()]
  return characters.length <= most
    ? characters.join('')
    : `${characters.slice(0, most).join('').trimEnd()}…`
}
