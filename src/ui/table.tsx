import type { Child, PropsWithChildren } from 'hono/jsx'

interface Head {
  name: string
  class?: string
  /** For those who can't see that the column is of buttons. */
  unseen?: boolean
}

/** No wider than what is in it. */
export const fit = (name: string): Head => ({ name, class: 'fit' })

/** Of numbers, which are compared by their ends. */
export const numbers = (name: string): Head => ({ name, class: 'fit r' })

export const actions: Head = { name: 'Actions', class: 'fit r', unseen: true }

interface TableProps {
  /** Of what, as its style sheet calls it. */
  of: string
  heads: readonly (Head | string | false)[]
}

/** A list of the team's, one row each. */
export const Table = ({ of, heads, children }: PropsWithChildren<TableProps>) => (
  <table class={`list ${of}`}>
    <thead>
      <tr>
        {heads.map((head) =>
          typeof head === 'string' ? <th scope="col">{head}</th> : head && <Column {...head} />,
        )}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

const Column = ({ name, class: kind, unseen = false }: Head): Child => (
  <th scope="col" class={kind}>
    {unseen ? <span class="unseen">{name}</span> : name}
  </th>
)
