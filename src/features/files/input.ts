import * as z from 'zod/mini'
import { decodeCursor } from '../../lib/cursor.ts'
import { pageInput } from '../../lib/page.ts'
import { id } from '../../lib/schema.ts'
import { folderComplaint, nameComplaint, tidyFolder, tidyName } from './names.ts'
import { LONGEST_FOLDER } from './rules.ts'

/** Text that a rule complains about, in the rule's own words. */
const judged = (
  tidy: (text: string) => string,
  complaintOf: (text: string) => string | undefined,
) =>
  z.string('The file’s name is missing.').check(
    z.overwrite(tidy),
    z.check<string>((context) => {
      const message = complaintOf(context.value)
      if (message !== undefined) {
        context.issues.push({ code: 'custom', message, input: context.value })
      }
    }),
  )

export const fileName = judged(tidyName, nameComplaint)
export const folderPath = judged(tidyFolder, folderComplaint)

/** What is left out stays as it is; the folder '' is the top. */
export const renameFileInput = z.object({
  name: z.optional(fileName),
  folder: z.optional(folderPath),
})
export type RenameFile = z.output<typeof renameFileInput>

const folder = z.string().check(z.maxLength(LONGEST_FOLDER, 'There is no folder of such a name.'))

/** A cursor is the newest version of the last file seen. */
export const listFilesInput = z.extend(pageInput, {
  /** Only what lies in this folder itself; '' for what lies in none. */
  folder: z.optional(folder),
})
export type ListFiles = z.output<typeof listFilesInput>

/** What the team’s page of files is asked with. */
export const showFilesInput = z.extend(listFilesInput, {
  /** A file that was just deleted: the page offers it back. */
  undo: z.optional(id),
})

const deletedPlace = z.tuple([z.int(), id])

/** Deleted files, the last deleted first. A cursor is when the last one seen was deleted, and its id. */
export const deletedFilesInput = z.pipe(
  z.extend(pageInput, { cursor: z.optional(z.string()) }),
  z.transform(({ limit, cursor }, { issues }) => {
    if (cursor === undefined) return { limit, after: undefined }
    const key = z.safeParse(deletedPlace, decodeCursor(cursor))
    if (key.success) return { limit, after: { deletedAt: key.data[0], id: key.data[1] } }
    const message = 'This is not a cursor of this list.'
    issues.push({ code: 'custom', message, input: cursor, path: ['cursor'] })
    return { limit, after: undefined }
  }),
)
export type DeletedFiles = z.output<typeof deletedFilesInput>
