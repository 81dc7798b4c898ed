import type { PropsWithChildren } from 'hono/jsx'
import { Document } from '../../ui/document.tsx'

interface NoticeProps {
  title: string
  /** Something is in the way, or all is well. */
  tone: 'amber' | 'teal'
  /** Of the answer, for whoever is asked about it. */
  status?: number | undefined
}

/** A page for a client who is not inside: it names nobody, for whoever holds the address may read it. */
export const Notice = ({ title, tone, status, children }: PropsWithChildren<NoticeProps>) => (
  <Document title={title} lang="en" side="portal" script={false}>
    <main class="notice">
      <p class="label">
        <span class={`lamp ${tone}`}></span> Client portal
        {status !== undefined && ` · ${status}`}
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  </Document>
)
