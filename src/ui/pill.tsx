/** How many messages nobody has seen; nothing where there are none. */
export const Pill = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <span class="pill">
      {count}
      <span class="unseen"> unread</span>
    </span>
  )
