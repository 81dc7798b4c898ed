import type { PropsWithChildren } from 'hono/jsx'
import { accentStyle, type Brand } from './brand.ts'
import { Document } from './document.tsx'
import { Mark } from './mark.tsx'

interface ClientProps {
  title: string
  lang: string
  brand: Brand
  client: string
  contact: string
  /** A member looking through the client's eyes. */
  preview?: { back: string } | undefined
  sheet?: string
}

/** The client's mission control: header, whatever the page holds, footer. */
export const ClientLayout = ({
  title,
  lang,
  brand,
  client,
  contact,
  preview,
  sheet,
  children,
}: PropsWithChildren<ClientProps>) => (
  <Document
    title={`${title} · ${brand.name}`}
    lang={lang}
    side="portal"
    script={preview === undefined}
    style={accentStyle(brand.accent)}
    sheet={sheet}
  >
    {preview && (
      <aside class="preview" aria-label="Preview">
        <span>
          You see this page as <bdi>{contact}</bdi> does. Nothing here is marked as seen.
        </span>
        <a href={preview.back}>Back to the dashboard</a>
      </aside>
    )}
    <header class="bar">
      <div class="wrap">
        <Mark {...brand} />
        <b>
          <bdi>{brand.name}</bdi>
        </b>
        <div class="who">
          <span class="long">Signed in by link as</span> <bdi class="name">{contact}</bdi>
          <span class="lamp teal" role="img" aria-label="Live"></span>
        </div>
      </div>
    </header>
    <main class="wrap page">{children}</main>
    <footer>
      <div class="wrap">
        <span>
          This page is private to <bdi>{client}</bdi>.
        </span>
        <span>Anyone with its address can open it, so keep it to yourself.</span>
      </div>
    </footer>
  </Document>
)
