import { paths } from '../paths.ts'

export type SettingsEntry = 'organisation' | 'branding' | 'defaults' | 'templates' | 'keys'

/** The pages under Settings, below the heading of each. */
export const SettingsNav = ({ slug, current }: { slug: string; current: SettingsEntry }) => {
  const entry = (key: SettingsEntry, href: string, label: string) => (
    <a href={href} {...(current === key ? { 'aria-current': 'page' } : {})}>
      {label}
    </a>
  )
  return (
    <nav class="chips" aria-label="Settings">
      {entry('organisation', paths.settings(slug), 'Organisation')}
      {entry('branding', paths.branding(slug), 'Branding')}
      {entry('defaults', paths.defaults(slug), 'Defaults')}
      {entry('templates', paths.templates(slug), 'Templates')}
      {entry('keys', paths.keys(slug), 'API keys')}
    </nav>
  )
}
