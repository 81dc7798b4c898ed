import { paths, withQuery } from '../../paths.ts'

/** Where the links of a client's page to files lead. */
export interface FileAddresses {
  /** The page of one file. */
  file: (file: string) => string
  content: (file: string, version?: number) => string
  preview: (file: string, version?: number) => string
  /** The list of all of them. */
  all: string
  archive: string
}

const versioned = (path: string, version: number | undefined) =>
  withQuery(path, { version: version === undefined ? undefined : String(version) })

/** Through the link that the page was opened by. */
export const byToken = (token: string): FileAddresses => ({
  file: (file) => paths.clientFile(token, file),
  content: (file, version) => versioned(paths.clientFileAction(token, file, 'content'), version),
  preview: (file, version) => versioned(paths.clientFileAction(token, file, 'preview'), version),
  all: paths.clientFiles(token),
  archive: paths.clientArchive(token),
})

/** The team's own, for a member who looks on. */
export const byMember = (slug: string, portal: string): FileAddresses => ({
  file: (file) => paths.file(slug, portal, file),
  content: (file, version) => versioned(paths.fileAction(slug, portal, file, 'content'), version),
  preview: (file, version) => versioned(paths.fileAction(slug, portal, file, 'preview'), version),
  all: paths.files(slug, portal),
  archive: paths.archive(slug, portal),
})
