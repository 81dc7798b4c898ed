import { paletteOf, type Palette } from '../features/branding/rules.ts'
import { entrancePaths as paths } from '../entrance-paths.ts'

interface Branded {
  id: string
  name: string
  logo: string | null
  accent: string | null
}

/** Who a page or a mail speaks for. */
export interface Brand {
  name: string
  logoUrl: string | null
  /** '#rrggbb' as chosen; `paletteOf` makes it readable. */
  accent: string | null
}

/** `origin` for where a path alone leads nowhere: mails and the API. */
export const brandOf = ({ id, name, logo, accent }: Branded, origin = ''): Brand => ({
  name,
  accent,
  logoUrl: logo === null ? null : origin + paths.logoFile(id, logo),
})

export const product: Brand = { name: 'AdminStack Portals', logoUrl: null, accent: null }

/**
 * The accent as custom properties, the only style that is written into a page: its header allows
 * exactly this text by its hash. Undefined without an accent, where the stylesheet says it all.
 */
export function accentStyle(
  accent: string | null,
  { selector = ':root', surface = 'dark' }: { selector?: string; surface?: keyof Palette } = {},
): string | undefined {
  if (accent === null) return undefined
  const { text, fill, onFill, edge } = paletteOf(accent)[surface]
  const values = {
    accent: text,
    fill,
    'on-fill': onFill,
    'fill-edge': edge,
    mark: fill,
    'on-mark': onFill,
  }
  const declarations = Object.entries(values).map(([name, value]) => `--${name}:${value}`)
  return `${selector}{${declarations.join(';')}}`
}
