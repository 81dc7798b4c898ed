import type { Visitor } from './answers.ts'
import { address, tokenIn } from './address.ts'
import { template } from './plan.ts'
import { t, type Route } from './route.ts'
import type { Scene } from './scene.ts'

/** The form as a browser sends it; with a file, in parts. */
function bodyOf({ form, json, file }: Route): BodyInit | null {
  if (file !== undefined) {
    const parts = new FormData()
    parts.append(file, new Blob([new Uint8Array([0xff, 0xd8, 0xff])]))
    return parts
  }
  return form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
}

export async function visit(
  scene: Scene,
  route: Route,
  visitor: Visitor,
  shared?: string,
): Promise<number> {
  const { world, credentials } = scene
  const { json } = route
  const [method = '', path = ''] = route.route.split(' ')
  const { cookie, key } = credentials[visitor] ?? {}
  const headers = new Headers({ origin: world.origin, ...route.headers })
  if (cookie) headers.set('cookie', cookie)
  if (key) headers.set('authorization', `Bearer ${key}`)
  if (json !== undefined) headers.set('content-type', 'application/json')
  const { form } = route
  const filled = form?.['template'] === t ? { ...form, template: await template(scene) } : undefined
  const body = bodyOf(filled ? { ...route, form: filled } : route)
  const at =
    shared === undefined ? await address(scene, path, visitor) : tokenIn(scene, shared, visitor)
  const response = await world.request(at, { method, headers, body })
  return response.status
}

/** What the visitors came with that is in a line of the log; there has to be none. */
export function secretsIn(scene: Scene, lines: readonly string[]): string[] {
  const { tokens, credentials } = scene
  const brought = [
    ...Object.values(tokens),
    ...Object.values(credentials).flatMap(({ cookie, key, email }) => [
      cookie?.split('=')[1]?.slice(0, 20),
      key,
      email,
    ]),
    'somebody@else.example',
    'made-up',
  ].filter((secret) => secret !== undefined)
  return lines.filter((line) => brought.some((secret) => line.includes(secret)))
}
