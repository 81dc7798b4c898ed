import type { View } from './view.ts'

/** As strict as a mail client: nothing runs, nothing submits; links open in a tab of their own. */
export const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
  "img-src * data:; font-src *; style-src * 'unsafe-inline'"

/** The mail's own document, opened in the wanted colour scheme whatever the machine's is. */
export function mailDocument(mail: string, scheme: View['scheme']): string {
  const chosen = mail.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, wanted) =>
    wanted === scheme ? '(min-width:0)' : '(max-width:0)',
  )
  const additions = `<base target="_blank"><style>:root{color-scheme:${scheme}}</style>`
  if (/<head[^>]*>/i.test(chosen)) return chosen.replace(/<head[^>]*>/i, `$&${additions}`)
  if (/<html[^>]*>/i.test(chosen))
    return chosen.replace(/<html[^>]*>/i, `$&<head>${additions}</head>`)
  return `<!doctype html><html><head>${additions}</head><body>${chosen}</body></html>`
}
