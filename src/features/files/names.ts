// What a file and a folder may be called. Every alphabet is welcome; what hides in a name, turns it
// round or climbs out of its folder is not.

const LONGEST_NAME = 255
const LONGEST_FOLDER = 500
const DEEPEST = 8

/**
 * Control characters, line ends, what sets a direction, and what has no width: they make a name look
 * like another one.
 */
const hidden =
  /\u034f|[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/u

/** Joiners where they belong: inside an emoji, and between letters of alphabets that need them. */
const emojiJoiner =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})/gu
const letter =
  '[\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}]'
const letterJoiner = new RegExp(`(?<=${letter})[\\u200c\\u200d](?=${letter})`, 'gu')

const hides = (text: string): boolean =>
  hidden.test(text.replace(emojiJoiner, '').replace(letterJoiner, ''))

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

// Not trim(), which would quietly take what is to be refused.
const withoutBlanks = (text: string): string => text.replace(/^\p{Zs}+|\p{Zs}+$/gu, '')

/** As it is kept: composed (NFC), without blanks around it. */
export const tidyName = (text: string): string => withoutBlanks(text.normalize('NFC'))

export const tidyFolder = (text: string): string =>
  text.normalize('NFC').split('/').map(withoutBlanks).join('/')

function segmentComplaint(label: string, text: string): string | undefined {
  if (text === '') return `${label} is missing.`
  if (hides(text)) return `${label} has characters that can’t be shown.`
  if (/[/\\]/.test(text)) return `${label} can’t have a slash in it.`
  // Also '.' and '..'. Windows drops a dot at the end, and would find another file.
  if (text.endsWith('.')) return `${label} can’t end with a dot.`
  return undefined
}

/** What is wrong with a file's name; undefined for a good one. */
export const nameComplaint = (name: string): string | undefined =>
  segmentComplaint('The file’s name', name) ??
  (bytesOf(name) > LONGEST_NAME ? 'The file’s name is too long: give it a shorter one.' : undefined)

/** The same of a folder's path; '' is the top. */
export function folderComplaint(folder: string): string | undefined {
  if (folder === '') return undefined
  const parts = folder.split('/')
  if (parts.length > DEEPEST) return `Folders go ${DEEPEST} deep at most.`
  if (bytesOf(folder) > LONGEST_FOLDER) return 'The folder’s path is too long.'
  return parts.map((part) => segmentComplaint('The folder’s name', part)).find(Boolean)
}
