import { request } from '@playwright/test'
import { paths } from '../../../src/paths.ts'
import { share, type Session } from './demo.ts'
import { startProduct, type Demo } from './product.ts'

/** Spends the demo's sign-in link, as its confirm page does. */
async function signIn({ url, signInUrl }: Demo): Promise<Session> {
  const token = new URL(signInUrl).searchParams.get('token') ?? ''
  const context = await request.newContext({ extraHTTPHeaders: { origin: url } })
  try {
    const answer = await context.post(url + paths.confirm, { form: { token } })
    if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`)
    return await context.storageState()
  } finally {
    await context.dispose()
  }
}

/** One running product with the demo's data, and a crowd beside it, for all files. Returns how to end it. */
export default async function setup(): Promise<() => Promise<void>> {
  const { demo, stop } = await startProduct('--crowd')
  try {
    share({ demo, session: await signIn(demo) })
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
