/** The languages and regions an organisation can choose from for dates and amounts (BCP 47). */
export const locales = (
  'bg-BG ca-ES cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA en-GB en-IE en-IN en-NZ en-SG en-US ' +
  'en-ZA es-AR es-CL es-CO es-ES es-MX et-EE fi-FI fr-BE fr-CA fr-CH fr-FR hr-HR hu-HU id-ID is-IS ' +
  'it-CH it-IT ja-JP ko-KR lt-LT lv-LV nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT ro-RO sk-SK sl-SI sv-SE ' +
  'tr-TR uk-UA vi-VN zh-CN zh-TW'
).split(' ')

let names: Intl.DisplayNames | undefined

/** 'German (Switzerland)', in English as the rest of the team's side. */
export function localeName(tag: string): string {
  names ??= new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' })
  return names.of(tag) ?? tag
}

export function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag]).length === 1
  } catch {
    return false
  }
}
