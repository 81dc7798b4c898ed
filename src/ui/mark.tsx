import type { Brand } from './brand.ts'

/** The logo, or the initial of who has none. It always stands beside the name, so it says nothing. */
export const Mark = ({ name, logoUrl }: Pick<Brand, 'name' | 'logoUrl'>) =>
  logoUrl === null ? (
    <span class="mark" aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  ) : (
    <img class="logo" src={logoUrl} alt="" height="32" decoding="async" />
  )
