import type { UploadOptions } from 'tus-js-client'

type UrlStorage = NonNullable<UploadOptions['urlStorage']>

/** An upload that can be gone on with. No address: a client's holds the secret of their link. */
export interface Remembered {
  id: string
  print: string
  /** What it answers; '' for nothing. */
  request: string
  at: number
}

/** How long (ms) the server keeps what is unfinished. */
const LIVES = 24 * 3_600_000

/** What a file is known again by, without reading it. */
export const printOf = ({ name, size, lastModified }: File): string =>
  [name, size, lastModified].join('|')

const keyOf = (portal: string): string => `uploads:${portal}`
const lockOf = (id: string): string => `upload:${id}`

/** The unfinished uploads to a portal, the latest first. */
function remembered(portal: string): Remembered[] {
  try {
    const found: Remembered[] = JSON.parse(localStorage.getItem(keyOf(portal)) ?? '[]')
    return found.filter(({ at }) => at + LIVES > Date.now())
  } catch {
    return []
  }
}

function keep(portal: string, all: Remembered[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(keyOf(portal))
    else localStorage.setItem(keyOf(portal), JSON.stringify(all))
  } catch {
    // A reload begins anew then.
  }
}

function remember(portal: string, one: Remembered): void {
  keep(portal, [one, ...remembered(portal).filter(({ id }) => id !== one.id)])
}

export function forget(portal: string, upload: string): void {
  keep(
    portal,
    remembered(portal).filter(({ id }) => id !== upload),
  )
}

/** Says to this and all other tabs that an upload is somebody's, until what is handed back is called. */
export function hold(id: string): () => void {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  void navigator.locks?.request(lockOf(id), { ifAvailable: true }, () => held)
  return release
}

/** Those that no tab is sending. */
export async function abandoned(portal: string): Promise<Remembered[]> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const names = new Set(held.map(({ name }) => name))
  return remembered(portal).filter(({ id }) => !names.has(lockOf(id)))
}

interface Place {
  /** Where uploads begin; each lies under it by its id. */
  uploads: string
  portal: string
  request: string
  /** Called with the id of the upload that is being sent. */
  begun: (id: string) => void
}

/** What tus remembers its uploads in. */
export function storageOf({ uploads, portal, request, begun }: Place): UrlStorage {
  const found = ({ id, at }: Remembered) => ({
    size: null,
    metadata: {},
    creationTime: new Date(at).toISOString(),
    urlStorageKey: id,
    uploadUrl: new URL(`${uploads}/${id}`, location.href).href,
    parallelUploadUrls: null,
  })
  return {
    findAllUploads: async () => remembered(portal).map(found),
    findUploadsByFingerprint: async (print) =>
      (await abandoned(portal))
        .filter((one) => one.print === print && one.request === request)
        .map(found),
    removeUpload: async (id) => forget(portal, id),
    addUpload: async (print, { uploadUrl }) => {
      const id = uploadUrl?.split('/').at(-1) ?? ''
      remember(portal, { id, print, request, at: Date.now() })
      begun(id)
      return id
    },
  }
}
