import type { FileItem } from '../../features/files/queries.ts'
import { visible } from '../../lib/visible.ts'

type Sending = Pick<FileItem, 'source' | 'by'>

/** Which side something came from, and who sent it. */
export const From = ({ source, by }: Sending) => (
  <>
    <span class={source === 'team' ? 'tag blue' : 'tag teal'}>
      {source === 'team' ? 'Team' : 'Client'}
    </span>{' '}
    <bdi>{visible(by, 60) || 'Somebody'}</bdi>
  </>
)
