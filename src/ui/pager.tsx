interface Step {
  label: string
  href: string
}

/** Keyset pages: on to the next, or back to where the list begins. */
export const Pager = ({
  back,
  on,
  label = 'Pages',
}: {
  back: Step | undefined
  on: Step | undefined
  /** Where a page has two. */
  label?: string
}) =>
  back === undefined && on === undefined ? null : (
    <nav class="pager" aria-label={label}>
      {back && (
        <a class="btn" href={back.href}>
          {back.label}
        </a>
      )}
      {on && (
        <a class="btn" href={on.href} rel="next">
          {on.label}
        </a>
      )}
    </nav>
  )
