import { html } from 'hono/html'
import { style } from './style.ts'

export type Html = ReturnType<typeof html>

/** A page that a buyer sees. Each says that no money moves. */
export function page(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Local Stripe, test mode</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <p class="banner"><b>Test mode</b> Local Stripe: no card is charged and no money moves.</p>
        <main>${body}</main>
      </body>
    </html>`
}
