import type { TenantCtx } from '../../ctx.ts'
import type { Failure } from '../../lib/failure.ts'
import { sha256OfBytes } from '../../lib/hash.ts'
import { fail, type Result } from '../../lib/result.ts'
import { putObject } from '../../platform/bucket.ts'
import { authorise } from '../organizations/rules.ts'
import { changeSettings } from '../organizations/settings.ts'
import type { ChangeBranding } from './input.ts'
import { logoFile, logoKey, logoType, MOST_LOGO } from './logo.ts'

type Answer = Promise<Result<void, Failure>>

export const changeBranding = (
  ctx: TenantCtx,
  input: ChangeBranding,
  had?: ChangeBranding,
): Answer => changeSettings(ctx, input, had)

const refused = (message: string) =>
  fail<Failure>({ kind: 'invalid', errors: [{ path: 'logo', message }] })

/**
 * Puts the image into the bucket under a name that is its hash, then into the settings: a page never
 * names an image that isn't there. The former one stays, because mails that were sent show it.
 */
export async function setLogo(ctx: TenantCtx, bytes: ArrayBuffer, bucket: R2Bucket): Answer {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  if (bytes.byteLength === 0) return refused('Choose an image first.')
  if (bytes.byteLength > MOST_LOGO) {
    const kilobytes = Math.ceil(bytes.byteLength / 1024)
    return refused(`This image has ${kilobytes} KB. A logo may have ${MOST_LOGO / 1024} KB.`)
  }
  const type = logoType(new Uint8Array(bytes))
  const file = type && `${await sha256OfBytes(bytes)}.${type}`
  const known = file && logoFile(file)
  if (!known) return refused('This is not a PNG, JPEG or WebP image.')
  await putObject(bucket, logoKey(ctx.organization.id, file), bytes, known.contentType)
  return changeSettings(ctx, { logo: file })
}

export const removeLogo = (ctx: TenantCtx): Answer => changeSettings(ctx, { logo: null })
