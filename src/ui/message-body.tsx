import { partsOf, type Part } from '../features/messages/rules.ts'

/** A message's words: line breaks stay, and addresses lead where they say. */
export const MessageBody = ({ body }: { body: string }) => <>{partsOf(body).map(draw)}</>

function draw(part: Part) {
  if ('lineBreak' in part) return <br />
  if (!('href' in part)) return part.text
  return (
    <a href={part.href} rel="noopener noreferrer nofollow ugc" target="_blank">
      {part.text}
    </a>
  )
}
