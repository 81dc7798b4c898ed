import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'
import { paletteOf, type Tones } from '../features/branding/rules.ts'
import type { Brand } from './brand.ts'
import { Lines } from './lines.tsx'

// Mail clients know neither stylesheets nor variables: every style stands on its element, widths are
// tables, and the few rules in <style> only help those that read them (dark mode, narrow screens).
const sans = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const darkRules = ({ text, fill, onFill, edge }: Tones) => `
@media (prefers-color-scheme: dark) {
  .m-body { background: #0a0e14 !important; }
  .m-card { background: #10161f !important; border-color: #2b3a4e !important; }
  .m-text, .m-title { color: #e8eef6 !important; }
  .m-muted { color: #9aabc0 !important; }
  .m-link { color: ${text} !important; }
  .m-rule { border-color: #2b3a4e !important; }
  .m-go { background: ${fill} !important; border-color: ${edge} !important; color: ${onFill} !important; }
}
@media (max-width: 480px) { .m-pad { padding: 26px 20px 24px !important; } }`

// Outlook on Windows draws with Word: it knows no max-width, so it gets a table as wide as the sheet.
const wordStart = raw(
  '<!--[if mso]><table role="presentation" width="560" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->',
)
const wordEnd = raw('<!--[if mso]></td></tr></table><![endif]-->')

const table = { role: 'presentation', cellpadding: 0, cellspacing: 0, border: 0 } as const

/** What an inbox shows behind the subject; the padding keeps the mail's first words out of it. */
const Preheader = ({ words }: { words: string }) => (
  <div style="display:none;max-height:0;overflow:hidden;opacity:0;mso-hide:all;">
    {words}
    {raw('&#847;&zwnj;&nbsp;'.repeat(60))}
  </div>
)

/**
 * A logo keeps its shape where nothing of style is heeded: only its height is given. It stands on
 * white, also on a dark screen, as most logos are drawn for paper.
 */
const Logo = ({ url }: { url: string }) => (
  <td valign="middle" style="padding-right:11px;">
    <img
      src={url}
      alt=""
      height="34"
      style="display:block;height:34px;width:auto;max-width:160px;object-fit:contain;background:#ffffff;border-radius:9px;"
    />
  </td>
)

const Initial = ({ name, tones }: { name: string; tones: Tones }) => (
  <td
    width="34"
    height="34"
    align="center"
    valign="middle"
    bgcolor={tones.fill}
    style={`width:34px;height:34px;border-radius:9px;background:${tones.fill};color:${tones.onFill};font:bold 16px/34px ${sans};`}
  >
    {[...name][0]?.toUpperCase()}
  </td>
)

const Sender = ({ brand, tones }: { brand: Brand; tones: Tones }) => (
  <table {...table}>
    <tr>
      {brand.logoUrl === null ? (
        <Initial name={brand.name} tones={tones} />
      ) : (
        <Logo url={brand.logoUrl} />
      )}
      <td
        class="m-text"
        style={`padding-left:${brand.logoUrl === null ? 11 : 0}px;color:#0f1b28;font:bold 15px/1.4 ${sans};`}
      >
        {brand.name}
      </td>
    </tr>
  </table>
)

export interface MailButton {
  label: string
  href: string
}

/** Word ignores the padding of a link, so there the cell has it. */
const Button = ({ label, href, tones }: MailButton & { tones: Tones }) => (
  <table {...table} style="margin:24px 0 22px;">
    <tr>
      <td
        class="m-go"
        bgcolor={tones.fill}
        style={`border-radius:10px;background:${tones.fill};mso-padding-alt:14px 26px;`}
      >
        <a
          class="m-go"
          href={href}
          style={`display:inline-block;padding:13px 25px;border:1px solid ${tones.edge};background:${tones.fill};color:${tones.onFill};text-decoration:none;font:bold 16px/1.25 ${sans};border-radius:10px;`}
        >
          {label}
        </a>
      </td>
    </tr>
  </table>
)

/** Names and what they are: an amount, a day, an account. */
export type MailFacts = readonly (readonly [name: string, value: string])[]

const Facts = ({ facts }: { facts: MailFacts }) => (
  <table {...table} width="100%" style="margin:4px 0 0;">
    {facts.map(([name, value]) => (
      <tr>
        <td
          class="m-muted"
          align="left"
          valign="top"
          width="110"
          style={`width:110px;padding:5px 14px 5px 0;color:#506072;font:normal 14px/1.5 ${sans};`}
        >
          {name}
        </td>
        <td
          class="m-text"
          align="left"
          valign="top"
          style={`padding:5px 0;color:#24364a;font:normal 15px/1.5 ${sans};`}
        >
          <Lines text={value} />
        </td>
      </tr>
    ))}
  </table>
)

/** What stands beneath the button: more facts under a title, and further addresses. */
export interface MailMore {
  title?: string
  facts?: MailFacts
  links?: readonly MailButton[]
}

const More = ({ title, facts = [], links = [], tones }: MailMore & { tones: Tones }) => (
  <table {...table} width="100%" style="margin:24px 0 0;">
    <tr>
      <td class="m-rule" align="left" style="padding:18px 0 0;border-top:1px solid #dfe5eb;">
        {title !== undefined && (
          <p class="m-title" style={`margin:0 0 6px;color:#0f1b28;font:bold 15px/1.4 ${sans};`}>
            {title}
          </p>
        )}
        {facts.length > 0 && <Facts facts={facts} />}
        {links.map(({ label, href }) => (
          <p style={`margin:10px 0 0;font:normal 15px/1.5 ${sans};`}>
            <a class="m-link" href={href} style={`color:${tones.text};`}>
              {label}
            </a>
          </p>
        ))}
      </td>
    </tr>
  </table>
)

interface MailProps {
  brand: Brand
  title: string
  /** What an inbox shows behind the subject. */
  preheader: string
  paragraphs: readonly Child[]
  /** Above the button. */
  facts?: MailFacts
  button: MailButton
  more?: MailMore | undefined
  footer: Child
}

export const MailLayout = (props: MailProps) => {
  const { brand, title, preheader, paragraphs, facts, button, more, footer } = props
  const { light, dark } = paletteOf(brand.accent)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <title>{title}</title>
          <style>{raw(darkRules(dark))}</style>
        </head>
        <body class="m-body" style="margin:0;padding:0;background:#f2f5f8;">
          <Preheader words={preheader} />
          <table
            class="m-body"
            {...table}
            width="100%"
            bgcolor="#f2f5f8"
            style="background:#f2f5f8;word-break:break-word;"
          >
            <tr>
              <td align="center" style="padding:32px 12px;">
                {wordStart}
                <table {...table} width="100%" align="center" style="max-width:560px;">
                  <tr>
                    <td align="left" style="padding:0 4px 16px;">
                      <Sender brand={brand} tones={light} />
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="m-card m-pad"
                      align="left"
                      bgcolor="#ffffff"
                      style="padding:36px 36px 32px;background:#ffffff;border:1px solid #dfe5eb;border-radius:14px;"
                    >
                      <h1
                        class="m-title"
                        style={`margin:0 0 14px;color:#0f1b28;font:bold 23px/1.25 ${sans};letter-spacing:-0.01em;`}
                      >
                        {title}
                      </h1>
                      {paragraphs.map((paragraph) => (
                        <p
                          class="m-text"
                          style={`margin:0 0 14px;color:#24364a;font:normal 16px/1.6 ${sans};`}
                        >
                          {paragraph}
                        </p>
                      ))}
                      {facts && <Facts facts={facts} />}
                      <Button {...button} tones={light} />
                      <p
                        class="m-muted"
                        style={`margin:0;color:#506072;font:normal 13px/1.6 ${sans};`}
                      >
                        If the button does nothing, open this address:
                        <br />
                        <a
                          class="m-link"
                          href={button.href}
                          style={`color:${light.text};word-break:break-all;`}
                        >
                          {button.href}
                        </a>
                      </p>
                      {more && <More {...more} tones={light} />}
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="m-muted"
                      align="left"
                      style={`padding:18px 4px 0;color:#506072;font:normal 13px/1.6 ${sans};`}
                    >
                      {footer}
                    </td>
                  </tr>
                </table>
                {wordEnd}
              </td>
            </tr>
          </table>
        </body>
      </html>
    </>
  )
}

interface MailFooterProps {
  words: string
  /** The way to fewer mails of the kind. */
  aside: MailButton
}

export const MailFooter = ({ words, aside }: MailFooterProps) => (
  <>
    {words}{' '}
    <a href={aside.href} style="color:inherit;">
      {aside.label}
    </a>
  </>
)

export const mailFooterText = ({ words, aside }: MailFooterProps): string =>
  `${words}\n${aside.label}: ${aside.href}`

const factsText = (facts: MailFacts): string =>
  facts.map(([name, value]) => `${name}: ${value.replaceAll('\n', ', ')}`).join('\n')

interface Further {
  facts?: MailFacts
  more?: MailMore | undefined
}

/** The same mail for readers of plain text. */
export function mailText(
  title: string,
  paragraphs: readonly string[],
  button: MailButton,
  footer: string,
  { facts = [], more = {} }: Further = {},
): string {
  const links = [button, ...(more.links ?? [])].map(({ label, href }) => `${label}:\n${href}`)
  const under = [more.title, factsText(more.facts ?? [])].filter(Boolean).join('\n')
  const parts = [title, ...paragraphs, factsText(facts), ...links, under, `-- \n${footer}`]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
