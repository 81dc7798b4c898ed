interface Step {
  label: string
  href: string
}

/** Keyset pages: on to the next, or back to where the list begins. */
export const Pager = ({ back, on }: { back: Step | undefined; on: Step | undefined }) =>
  back === undefined && on === undefined ? null : (
    <nav class="pager" aria-label="Pages">
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
