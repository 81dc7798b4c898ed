import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'

// Mail clients know neither stylesheets nor variables: every style stands on its element, widths are
// tables, and the few rules in <style> only help those that read them (dark mode, narrow screens).
const sans = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const dark = `
@media (prefers-color-scheme: dark) {
  .m-body { background: #0a0e14 !important; }
  .m-card { background: #10161f !important; border-color: #2b3a4e !important; }
  .m-text, .m-title { color: #e8eef6 !important; }
  .m-muted { color: #9aabc0 !important; }
  .m-link { color: #2dd4bf !important; }
}
@media (max-width: 480px) { .m-pad { padding: 24px 20px !important; } }`

export interface MailButton {
  label: string
  href: string
}

interface MailProps {
  /** Who the mail speaks for, beside their initial. */
  from: string
  title: string
  /** What an inbox shows behind the subject. */
  preheader: string
  paragraphs: readonly Child[]
  button: MailButton
  footer: string
}

export const MailLayout = ({ from, title, preheader, paragraphs, button, footer }: MailProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{raw(dark)}</style>
      </head>
      <body class="m-body" style="margin:0;padding:0;background:#f2f5f8;">
        <div style="display:none;max-height:0;overflow:hidden;opacity:0;">{preheader}</div>
        <table
          class="m-body"
          role="presentation"
          width="100%"
          cellpadding={0}
          cellspacing={0}
          border={0}
          style="background:#f2f5f8;"
        >
          <tr>
            <td align="center" style="padding:32px 12px;">
              <table
                role="presentation"
                width="100%"
                cellpadding={0}
                cellspacing={0}
                border={0}
                style="max-width:560px;"
              >
                <tr>
                  <td style="padding:0 4px 16px;">
                    <table role="presentation" cellpadding={0} cellspacing={0} border={0}>
                      <tr>
                        <td
                          width="34"
                          height="34"
                          align="center"
                          valign="middle"
                          style={`width:34px;height:34px;border-radius:9px;background:#0f766e;color:#ffffff;font:700 16px/34px ${sans};`}
                        >
                          {[...from][0]?.toUpperCase()}
                        </td>
                        <td
                          class="m-text"
                          style={`padding-left:11px;color:#0f1b28;font:600 15px/1.4 ${sans};`}
                        >
                          {from}
                        </td>
                      </tr>
                    </table>
                  </td>
                </tr>
                <tr>
                  <td
                    class="m-card m-pad"
                    style="padding:36px 36px 32px;background:#ffffff;border:1px solid #dfe5eb;border-radius:14px;"
                  >
                    <h1
                      class="m-title"
                      style={`margin:0 0 14px;color:#0f1b28;font:650 23px/1.25 ${sans};letter-spacing:-0.01em;`}
                    >
                      {title}
                    </h1>
                    {paragraphs.map((paragraph) => (
                      <p
                        class="m-text"
                        style={`margin:0 0 14px;color:#24364a;font:400 16px/1.6 ${sans};`}
                      >
                        {paragraph}
                      </p>
                    ))}
                    <table
                      role="presentation"
                      cellpadding={0}
                      cellspacing={0}
                      border={0}
                      style="margin:24px 0 22px;"
                    >
                      <tr>
                        <td style="border-radius:10px;background:#0f766e;">
                          <a
                            href={button.href}
                            style={`display:inline-block;padding:14px 26px;color:#ffffff;text-decoration:none;font:600 16px/1.2 ${sans};border-radius:10px;`}
                          >
                            {button.label}
                          </a>
                        </td>
                      </tr>
                    </table>
                    <p class="m-muted" style={`margin:0;color:#506072;font:400 13px/1.6 ${sans};`}>
                      If the button does nothing, open this address:
                      <br />
                      <a
                        class="m-link"
                        href={button.href}
                        style="color:#0b6e64;word-break:break-all;"
                      >
                        {button.href}
                      </a>
                    </p>
                  </td>
                </tr>
                <tr>
                  <td
                    class="m-muted"
                    style={`padding:18px 4px 0;color:#506072;font:400 13px/1.6 ${sans};`}
                  >
                    {footer}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  </>
)

/** The same mail for readers of plain text. */
export const mailText = (
  title: string,
  paragraphs: readonly string[],
  button: MailButton,
  footer: string,
): string =>
  `${[title, ...paragraphs, `${button.label}:\n${button.href}`, `-- \n${footer}`].join('\n\n')}\n`
