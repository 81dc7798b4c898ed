import type { Child, PropsWithChildren } from 'hono/jsx'

interface LineProps {
  /** What it is, in a word or two. */
  name: Child
  /** What is said of it, beneath. */
  said: Child
  /** Of a ledger, where sums stand beneath each other. */
  entry?: boolean
  /** It was taken back. */
  undone?: boolean
}

/** One line of a card's list; at its end a sum, a tag or a button. */
export const Line = ({ name, said, entry, undone, children }: PropsWithChildren<LineProps>) => (
  <li class={entry ? 'link two entry' : 'link two'}>
    <div>
      <b class={undone ? 'undone' : undefined}>{name}</b>
      <small>{said}</small>
    </div>
    {children}
  </li>
)
