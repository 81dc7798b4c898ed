/** Bytes a logo may have. */
export const MOST_LOGO = 512 * 1024

const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const
export type LogoType = keyof typeof types

const startsWith = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/**
 * What an image is by its first bytes, whatever its name or sender calls it. SVG, GIF, HTML and the
 * rest are none; what only begins as an image is still served as one and never as anything else.
 */
export function logoType(bytes: Uint8Array): LogoType | undefined {
  const png = [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]
  if (startsWith(bytes, 0, png) && startsWith(bytes, 12, ascii('IHDR'))) return 'png'
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpg'
  const webp = startsWith(bytes, 0, ascii('RIFF')) && startsWith(bytes, 8, ascii('WEBPVP8'))
  return webp ? 'webp' : undefined
}

/** '<SHA-256>.<png|jpg|webp>' taken apart; undefined for any other name. */
export function logoFile(file: string): { type: LogoType; contentType: string } | undefined {
  const ending = /^[0-9a-f]{64}\.(png|jpg|webp)$/.exec(file)?.[1]
  const type = (['png', 'jpg', 'webp'] as const).find((known) => known === ending)
  return type && { type, contentType: types[type] }
}

/** Where the bucket keeps a logo. */
export const logoKey = (organizationId: string, file: string): string =>
  `${organizationId}/logo/${file}`
