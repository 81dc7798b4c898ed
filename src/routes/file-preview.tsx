import { previewOf } from '../features/files/types.ts'

interface PreviewProps {
  name: string
  contentType: string
  /** Where its bytes are shown; nothing of it runs there. */
  src: string
}

/** What is in a file, where a browser can show it; the response has to allow frames and players. */
export const FilePreview = ({ name, contentType, src }: PreviewProps) => {
  switch (previewOf(contentType)) {
    case 'image':
      return <img class="shown" src={src} alt={name} />
    case 'pdf':
      return <iframe class="shown" src={src} title={`Preview of ${name}`}></iframe>
    case 'text':
      return <iframe class="shown" sandbox="" src={src} title={`Preview of ${name}`}></iframe>
    case 'audio':
      return <audio class="shown" controls preload="metadata" src={src} aria-label={name}></audio>
    case 'video':
      return <video class="shown" controls preload="metadata" src={src} aria-label={name}></video>
    case undefined:
      return null
  }
}
