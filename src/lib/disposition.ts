// A name in a header: RFC 6266 and RFC 8187.

/** Behind a percent sign whatever RFC 8187 does not name; half a surrogate pair can't be encoded at all. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** For programs that know only the old form: nothing that could end the quotes, or begin an escape. */
const plain = (name: string): string =>
  [...name]
    .map((character) => (/[ -~]/.test(character) && !/["\\%]/.test(character) ? character : '_'))
    .join('')

/** The `Content-Disposition` of a file of this name, whatever is in the name. */
export const disposition = (kind: 'attachment' | 'inline', name: string): string =>
  `${kind}; filename="${plain(name)}"; filename*=UTF-8''${encoded(name)}`
