import { abandoned, forget, type Remembered } from './remembered.ts'

/** An upload that the server has some of, and that waits for its file. */
export interface Left extends Remembered {
  name: string
  folder: string
  size: number
  offset: number
}

interface Place {
  uploads: string
  portal: string
  request: string
  headers: Record<string, string>
}

const askedAtOnce = 20

/** What was left half sent, as far as the server still has it. */
export async function leftAt({ uploads, portal, request, headers }: Place): Promise<Left[]> {
  const own = (await abandoned(portal)).filter((one) => one.request === request)
  const found = await Promise.all(
    own.slice(0, askedAtOnce).map(async (one): Promise<Left[]> => {
      try {
        const answer = await fetch(`${uploads}/${one.id}`, { headers })
        if (answer.status === 404) forget(portal, one.id)
        if (!answer.ok) return []
        const { state, ...upload }: Left & { state: string } = await answer.json()
        if (state === 'receiving') return [{ ...upload, ...one }]
        forget(portal, one.id)
        return []
      } catch {
        return []
      }
    }),
  )
  return found.flat()
}

/** It is not wanted any more. */
export async function discard({ uploads, portal, headers }: Place, id: string): Promise<void> {
  forget(portal, id)
  try {
    await fetch(`${uploads}/${id}`, {
      method: 'DELETE',
      headers: { ...headers, 'tus-resumable': '1.0.0' },
    })
  } catch {
    // The server clears it away by itself in a day.
  }
}
