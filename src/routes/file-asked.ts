import type { Selection } from '../features/files/archive-rows.ts'
import type { FileAt } from '../features/files/stored.ts'
import { isId } from '../lib/id.ts'

/** Which version `?version=` names; undefined for what can't be one. */
export function fileAsked(file: string, version: string | undefined): FileAt | undefined {
  if (version === undefined) return { file, version }
  return /^[1-9]\d{0,8}$/.test(version) ? { file, version: Number(version) } : undefined
}

/** Which files `?folder=`, `?file=` (several times) and `?cursor=` name; undefined for what can't be. */
export function selectionAsked({ searchParams }: URL): Selection | undefined {
  const folder = searchParams.get('folder') || undefined
  const cursor = searchParams.get('cursor') ?? undefined
  const files = [...new Set(searchParams.getAll('file'))]
  if (cursor !== undefined && !isId(cursor)) return undefined
  return files.length > 0 ? { files } : { folder, cursor }
}

/** What an address of the client's door has to be read with; undefined for what is about no bytes. */
export function bytesAsked(url: URL): { stored?: FileAt; archive?: Selection } | undefined {
  const [, file] = /\/files\/([^/]+)\/(?:content|preview)$/.exec(url.pathname) ?? []
  if (file !== undefined) {
    const asked = fileAsked(file, url.searchParams.get('version') ?? undefined)
    return asked ? { stored: asked } : {}
  }
  if (!url.pathname.endsWith('/files.zip')) return undefined
  const asked = selectionAsked(url)
  return asked ? { archive: asked } : {}
}
