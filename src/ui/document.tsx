import type { PropsWithChildren } from 'hono/jsx'
import { raw } from 'hono/html'
import { asset } from './assets.ts'

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f766e"/><path d="M9 23 16 8l7 15" fill="none" stroke="#fff" stroke-width="3"/></svg>',
)}`

interface DocumentProps {
  title: string
  lang: string
  /** The stylesheet and script of one side of the house: 'portal' or 'dashboard'. */
  side: 'portal' | 'dashboard'
  /** A preview runs no script, so that looking leaves no trace. */
  script?: boolean
  /** What `accentStyle` made; the response has to allow it in its header. */
  style?: string | undefined
  /** A stylesheet of a page that needs more than its side's. */
  sheet?: string | undefined
}

export const Document = ({
  title,
  lang,
  side,
  script = true,
  style,
  sheet,
  children,
}: PropsWithChildren<DocumentProps>) => (
  <>
    {raw('<!doctype html>')}
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={side === 'portal' ? 'dark' : 'light dark'} />
        {side === 'portal' && <meta name="theme-color" content="#06090f" />}
        <meta name="robots" content="noindex, nofollow" />
        <title>{title}</title>
        {/* In the page itself: a request less for a phone far away. */}
        <link rel="icon" href={icon} type="image/svg+xml" />
        <link rel="stylesheet" href={asset(`${side}.css`)} />
        {sheet !== undefined && <link rel="stylesheet" href={asset(sheet)} />}
        {/* After the stylesheet, whose defaults it replaces. */}
        {style !== undefined && <style>{raw(style)}</style>}
        {script && <script type="module" src={asset(`${side}.js`)}></script>}
      </head>
      <body>{children}</body>
    </html>
  </>
)
