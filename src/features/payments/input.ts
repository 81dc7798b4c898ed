import * as z from 'zod/mini'

/** Pasted by hand, so with whatever came along at its ends. */
const pasted = (missing: string) => z.string(missing).check(z.trim(), z.minLength(1, missing))

export const stripeKey = pasted('The key is missing.').check(
  z.maxLength(300, 'This is too long for a key.'),
  z.refine(
    (text) => !text.startsWith('pk_'),
    'This is a publishable key, which pages of shops use. Make a restricted key; it begins with rk_.',
  ),
  z.refine(
    (text) => !text.startsWith('sk_'),
    'This is a secret key, which may do everything. Make a restricted key; it begins with rk_.',
  ),
  z.refine(
    (text) => /^(?:pk_|sk_|rk_(?:test|live)_\w+$)/.test(text),
    'This is no restricted key of Stripe; one begins with rk_test_ or rk_live_.',
  ),
)

export const signingSecret = pasted('The signing secret is missing.').check(
  z.maxLength(300, 'This is too long for a signing secret.'),
  z.regex(/^whsec_[\w+/=-]+$/, 'This is no signing secret of Stripe; one begins with whsec_.'),
)

export const connectInput = z.object({ key: stripeKey })
export const secretInput = z.object({ secret: signingSecret })
/** An account that was left, as links name it. */
export const leftInput = z.object({
  home: z.string().check(z.regex(/^(?:test|live):\w*$/, 'This is no account.')),
})
export type Connect = z.output<typeof connectInput>
export type NewSecret = z.output<typeof secretInput>
