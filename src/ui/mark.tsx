/** The organisation's initial, until it has a logo. */
export const Mark = ({ name }: { name: string }) => (
  <span class="mark" aria-hidden="true">
    {[...name][0]?.toUpperCase()}
  </span>
)
