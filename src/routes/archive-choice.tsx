import type { Offer, Selection } from '../features/files/archive-rows.ts'
import { CHOICES_SHOWN, MOST_ARCHIVED, type ArchiveTrouble } from '../features/files/rules.ts'
import { sizeWords } from '../lib/size.ts'
import { withQuery } from '../paths.ts'

/** Why there is no archive, where choosing would not help. */
export const noArchive = (trouble: Exclude<ArchiveTrouble, 'too-much'>) =>
  ({
    status: 404,
    ...(trouble === 'empty'
      ? {
          title: 'No files yet',
          detail: 'There is nothing to download here. As soon as somebody adds a file, there is.',
        }
      : {
          title: 'One of these files is gone',
          detail:
            'Somebody deleted it meanwhile, so we did not begin. Load the list again and choose from what is there.',
        }),
  }) as const

const counted = (files: number, bytes: number): string =>
  `${files} ${files === 1 ? 'file' : 'files'}, ${sizeWords(bytes)}`

const limit = `One download holds at most ${MOST_ARCHIVED.files} files and ${sizeWords(MOST_ARCHIVED.bytes)}.`

interface ChoiceProps {
  offer: Offer
  selection: Selection
  /** Where the archive is. */
  at: string
  /** Where a file alone is. */
  fileAt: (file: string) => string
}

/** For more than one archive holds: the newest files to choose from, or what was chosen, to leave some out. */
export const ArchiveChoice = ({ offer, selection, at, fileAt }: ChoiceProps) => {
  const again = selection.files !== undefined
  const shown = again ? offer.rows : offer.rows.slice(0, CHOICES_SHOWN)
  const chosenSize = offer.rows.reduce((sum, { size }) => sum + size, 0)
  const next = shown.length < offer.rows.length ? shown.at(-1)?.latest : undefined
  return (
    <form class="choose" action={at}>
      <p>
        {again
          ? `You chose ${counted(selection.files?.length ?? 0, chosenSize)}. ${limit} Leave some out, or fetch the largest alone: a download of one file can be gone on with if the connection breaks.`
          : selection.folder === undefined
            ? `This portal has ${counted(offer.files, offer.size)}. ${limit} Choose what you need, newest first.`
            : `There is more in this folder than one download holds. ${limit} Choose what you need.`}
      </p>
      <ul>
        {shown.map(({ id, folder, name, size }) => (
          <li>
            <label>
              <input
                type="checkbox"
                name="file"
                value={id}
                checked={again}
                disabled={size > MOST_ARCHIVED.bytes}
              />
              <span>
                <bdi>{name}</bdi>
                <small>
                  {sizeWords(size)}
                  {folder !== '' && (
                    <>
                      {' '}
                      · in <bdi>{folder}</bdi>
                    </>
                  )}
                </small>
              </span>
            </label>
            <a href={fileAt(id)}>
              Download alone<span class="unseen"> {name}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button class="btn go">Download the chosen files</button>
        {next !== undefined && (
          <a class="btn" href={withQuery(at, { folder: selection.folder, cursor: next })}>
            More files
          </a>
        )}
      </div>
    </form>
  )
}
