import { organization } from '../../db/schema/organizations.ts'

/** What a ctx knows of its organisation. */
export const organizationFields = {
  id: organization.id,
  slug: organization.slug,
  name: organization.name,
  timeZone: organization.timeZone,
  locale: organization.locale,
  currency: organization.currency,
  accent: organization.accent,
  logo: organization.logo,
  linkDays: organization.linkDays,
}
