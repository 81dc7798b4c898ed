import { entrancePaths as paths } from '../../entrance-paths.ts'

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

export const versioned = (path: string, version: number | undefined): string =>
  version === undefined ? path : `${path}?version=${version}`

/** Through the link that the page was opened by. */
export const byToken = (token: string): FileAddresses => ({
  file: (file) => paths.clientFile(token, file),
  content: (file, version) => versioned(paths.clientFileAction(token, file, 'content'), version),
  preview: (file, version) => versioned(paths.clientFileAction(token, file, 'preview'), version),
  all: paths.clientFiles(token),
  archive: paths.clientArchive(token),
})
