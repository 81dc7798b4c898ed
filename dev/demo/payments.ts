import * as z from 'zod/mini'
import type { TenantCtx } from '../../src/ctx.ts'
import { accountQuery } from '../../src/features/payments/account.ts'
import {
  changeSecret,
  connectStripe,
  forgetOldSecret,
} from '../../src/features/payments/settings.ts'
import { STRIPE } from '../../src/env.ts'
import { paths } from '../../src/paths.ts'
import { must } from './must.ts'

/** Every test key is an account of its own at the local Stripe; this one is the demo's. */
const KEY = 'rk_test_northwind_demo'

const endpoints = z.object({ data: z.array(z.object({ id: z.string(), url: z.string() })) })
const made = z.object({ secret: z.string() })

/** What the dashboard of Stripe does for a person. */
async function call(
  { settings }: TenantCtx,
  method: string,
  path: string,
  body?: URLSearchParams,
): Promise<unknown> {
  const answer = await fetch(`${settings.stripeUrl}/v1/webhook_endpoints${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}` },
    ...(body ? { body } : {}),
  })
  if (!answer.ok) throw new Error(`The local Stripe answered ${answer.status} to ${method}.`)
  return answer.json()
}

/** The account's webhook, if the local Stripe runs and the organisation has an account there. */
export async function webhookPath(ctx: TenantCtx): Promise<string | null> {
  const [account] = await accountQuery(ctx.db, ctx.organization.id)
  return account ? paths.webhooks.stripe(account.endpoint) : null
}

/** Test payments, as an owner would set them up: a restricted key, a webhook, its signing secret. */
export async function setUpPayments(ctx: TenantCtx): Promise<void> {
  if (ctx.settings.stripeUrl === STRIPE || !ctx.settings.settingsKeys) return
  must(await connectStripe(ctx, { key: KEY }))
  await keepWebhook(ctx)
}

/** The app may have moved to another port since the webhook was made. */
export async function keepWebhook(ctx: TenantCtx): Promise<void> {
  const { stripeUrl, settingsKeys, appUrl } = ctx.settings
  const [account] = await accountQuery(ctx.db, ctx.organization.id)
  if (stripeUrl === STRIPE || !settingsKeys || !account?.hasKey) return
  const url = appUrl + paths.webhooks.stripe(account.endpoint)
  const { data } = z.parse(endpoints, await call(ctx, 'GET', ''))
  if (account.hasSecret && data.some((endpoint) => endpoint.url === url)) return
  for (const { id } of data) await call(ctx, 'DELETE', `/${id}`)
  const wanted = new URLSearchParams([
    ['url', url],
    ['enabled_events[]', '*'],
  ])
  const { secret } = z.parse(made, await call(ctx, 'POST', '', wanted))
  must(await changeSecret(ctx, { secret }))
  must(await forgetOldSecret(ctx))
}
