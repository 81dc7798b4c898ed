import type { PropsWithChildren } from 'hono/jsx'
import { Document } from './document.tsx'
import { Mark } from './mark.tsx'

interface ClientProps {
  title: string
  lang: string
  organization: string
  client: string
  contact: string
  /** A member looking through the client's eyes. */
  preview?: { back: string } | undefined
}

/** The client's mission control: header, whatever the page holds, footer. */
export const ClientLayout = ({
  title,
  lang,
  organization,
  client,
  contact,
  preview,
  children,
}: PropsWithChildren<ClientProps>) => (
  <Document
    title={`${title} · ${organization}`}
    lang={lang}
    side="portal"
    script={preview === undefined}
  >
    {preview && (
      <p class="preview">
        You see this page as {contact} does. Nothing here is marked as seen.
        <a href={preview.back}>Back to the dashboard</a>
      </p>
    )}
    <header class="bar">
      <div class="wrap">
        <Mark name={organization} />
        <b>{organization}</b>
        <div class="who">
          <span class="long">Signed in by link as</span> <span class="name">{contact}</span>
          <span class="lamp teal" role="img" aria-label="Live"></span>
        </div>
      </div>
    </header>
    <div class="wrap">{children}</div>
    <footer>
      <div class="wrap">
        <span>This page is private to {client}.</span>
        <span>Anyone with its address can open it, so pass it on with care.</span>
      </div>
    </footer>
  </Document>
)
