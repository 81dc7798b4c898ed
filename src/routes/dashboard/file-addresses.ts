import { paths } from '../../paths.ts'
import { versioned, type FileAddresses } from '../portal/file-addresses.ts'

/** The team's own, for a member who looks at a client's page. */
export const byMember = (slug: string, portal: string): FileAddresses => ({
  file: (file) => paths.file(slug, portal, file),
  content: (file, version) => versioned(paths.fileAction(slug, portal, file, 'content'), version),
  preview: (file, version) => versioned(paths.fileAction(slug, portal, file, 'preview'), version),
  all: paths.files(slug, portal),
  archive: paths.archive(slug, portal),
})
