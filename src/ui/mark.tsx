/** The organisation's initial, until it has a logo. */
export const Mark = ({ name }: { name: string }) => (
  <span class="mark" aria-hidden="true">
    {[...name][0]?.toUpperCase()}
  </span>
)

/** 'MO' out of 'Maya Ortiz'. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
