/** One bar of a chart. */
interface Bar {
  /** Below it, short. */
  label: string
  /** What it says in full, as 'November 2026: €1,240.00'. */
  title: string
  value: number
  /** The one that still grows. */
  now?: boolean
}

interface BarsProps {
  bars: readonly Bar[]
  /** What the whole of it shows, for who can't see it. */
  title: string
}

const HEIGHT = 100
const STEP = 40
const WIDTH = 26
/** What is not nothing is seen, however little it is. */
const LEAST = 1.5

/**
 * Bars by month, drawn by attributes alone: the policy allows no inline style. It is a picture; whoever
 * uses it sets the numbers beside it.
 */
export const Bars = ({ bars, title }: BarsProps) => {
  const values = bars.map(({ value }) => value)
  const top = Math.max(0, ...values)
  const bottom = Math.min(0, ...values)
  const scale = HEIGHT / (top - bottom || 1)
  const zero = top * scale
  return (
    <div class="bars">
      <svg
        role="img"
        aria-label={title}
        viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {bars.map(({ value, title, now = false }, n) => {
          const height = value === 0 ? 0 : Math.max(LEAST, Math.abs(value) * scale)
          return (
            <g class={value < 0 ? 'less' : now ? 'now' : undefined}>
              <title>{title}</title>
              <rect class="slot" x={n * STEP} y="0" width={STEP} height={HEIGHT} />
              <rect
                x={n * STEP + (STEP - WIDTH) / 2}
                y={value < 0 ? zero : zero - height}
                width={WIDTH}
                height={height}
              />
            </g>
          )
        })}
        <line class="zero" x1="0" y1={zero} x2={bars.length * STEP} y2={zero} />
      </svg>
      <div class="bar-labels" aria-hidden="true">
        {bars.map(({ label, now }) => (
          <span class={now ? 'now' : undefined}>{label}</span>
        ))}
      </div>
    </div>
  )
}

interface PartsProps {
  parts: readonly { name: string; value: number }[]
  title: string
}

/** A whole and its parts in one line, the parts named for the stylesheet to colour. */
export const Parts = ({ parts, title }: PartsProps) => {
  const whole = parts.reduce((sum, { value }) => sum + value, 0)
  let from = 0
  return (
    <svg class="parts" role="img" aria-label={title}>
      {parts
        .filter(({ value }) => value > 0)
        .map(({ name, value }) => {
          const [x, width] = [(from / whole) * 100, (value / whole) * 100]
          from += value
          return <rect class={`part-${name}`} x={`${x}%`} y="0" width={`${width}%`} height="100%" />
        })}
    </svg>
  )
}
