import { changeBranding, setLogo } from '../../src/features/branding/actions.ts'
import { changeOrganization } from '../../src/features/organizations/settings.ts'
import { must } from './must.ts'
import type { Desk } from './organization.ts'
import type { OrganizationStory } from './story.ts'

/** The owner's first minutes: whom invoices come from, and how pages and emails look. */
export async function playBrand(
  desk: Desk,
  { name, brand, team: [owner] }: OrganizationStory,
  bucket: R2Bucket,
): Promise<void> {
  if (!brand) return
  const ctx = desk.ctx(owner.email, owner.joined)
  const { legalName, address, taxId, logo, ...branding } = brand
  must(await changeOrganization(ctx, { name, legalName, address, taxId }))
  must(await changeBranding(ctx, branding))
  if (logo) must(await setLogo(ctx, logo(), bucket))
}
