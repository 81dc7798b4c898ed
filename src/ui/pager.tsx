/** Keyset pages: forward to the older ones, or back to the newest. */
export const Pager = ({
  newest,
  older,
}: {
  newest: string | undefined
  older: string | undefined
}) =>
  newest === undefined && older === undefined ? null : (
    <nav class="pager" aria-label="Pages">
      {newest && (
        <a class="btn" href={newest}>
          Newest
        </a>
      )}
      {older && (
        <a class="btn" href={older} rel="next">
          Older
        </a>
      )}
    </nav>
  )
