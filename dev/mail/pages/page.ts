import { html } from 'hono/html'
import { style } from './style.ts'

export type Html = ReturnType<typeof html>

export function page(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Local inbox</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header class="bar">
          <a href="/">Local inbox</a>
          <p>Local mode: nothing leaves this machine</p>
        </header>
        <main>${body}</main>
      </body>
    </html>`
}

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

export function moment(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${format.format(at)}</time>`
}
