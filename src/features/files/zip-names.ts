// What files are called inside an archive: unpacked on any system, each lands below the folder that
// was chosen, under a name of its own.

const encoder = new TextEncoder()

/** What file systems take for a name. */
const MOST_BYTES = 255

/** Windows opens these as devices, whatever stands behind the first dot. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i

/** What a system forbids in names or reads as its own: a slash first of all, and what hides what is read. */
const forbidden = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]/gu

/** Without its end, so that what is left takes so many bytes, and no character is cut in two. */
function cut(text: string, most: number): string {
  const characters = [...text]
  while (encoder.encode(characters.join('')).length > most) characters.pop()
  return characters.join('')
}

/** One name of a path: never empty, never a step up, and without the ends that Windows drops. */
export function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(forbidden, '_')
    .trimStart()
    .replace(/[. ]+$/, '')
  const named = clean === '' ? '_' : device.test(clean) ? `_${clean}` : clean
  return encoder.encode(named).length > MOST_BYTES ? withMark(named, '') : named
}

/** 'a.pdf' with ' (2)' is 'a (2).pdf', and no longer than a name may be. */
function withMark(name: string, mark: string): string {
  const dot = name.lastIndexOf('.')
  // Behind a long "extension" nothing is left to shorten.
  const end = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : ''
  const stem = name.slice(0, name.length - end.length)
  return cut(stem, MOST_BYTES - encoder.encode(mark + end).length) + mark + end
}

/** Two paths with the same key are one on Windows and on a Mac. */
const keyOf = (path: string): string => path.normalize('NFC').toUpperCase().toLowerCase()

const safeFolder = (folder: string): string =>
  folder
    .split('/')
    .filter((part) => part !== '')
    .map(safeName)
    .join('/')

/** The path of a folder and all folders above it. */
const upwards = (folder: string): string[] =>
  folder.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))

/**
 * A path for each of the files, in their order. The first of several that differ in their case alone
 * keeps its name; a folder's name is taken too.
 */
export function zipNames(files: readonly { folder: string; name: string }[]): string[] {
  const folders = files.map(({ folder }) => safeFolder(folder))
  const taken = new Set(folders.filter(Boolean).flatMap(upwards).map(keyOf))
  return files.map(({ name: given }, index) => {
    const folder = folders[index]
    const name = safeName(given)
    const pathOf = (name: string) => (folder ? `${folder}/${name}` : name)
    let path = pathOf(name)
    for (let count = 2; taken.has(keyOf(path)); count++)
      path = pathOf(withMark(name, ` (${count})`))
    taken.add(keyOf(path))
    return path
  })
}
