import { epcCode } from '../../features/documents/epc-code.ts'
import type { Transfer } from '../../features/documents/epc.ts'

/** The code for banking apps; nothing where there can be none. */
export const EpcCode = ({ transfer }: { transfer: Transfer }) => {
  const code = epcCode(transfer)
  if (!code) return null
  const { size, rows } = code
  const dark = rows.flatMap((runs, y) =>
    runs.map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`),
  )
  return (
    <figure class="code">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="Code for banking apps, with the account, the amount and the reference"
        shape-rendering="crispEdges"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={dark.join('')} fill="#000" />
      </svg>
      <figcaption>Scan with your banking app</figcaption>
    </figure>
  )
}
