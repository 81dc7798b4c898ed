import { sizeWords } from '../../lib/size.ts'

/** How much of what its files may take an organisation uses, in bytes. */
export const StorageUsed = ({ used, of }: { used: number; of: number }) => (
  <div class="storage" data-files="storage">
    <p id="storage">
      <b>{sizeWords(used)}</b> of {sizeWords(of)} used
    </p>
    <meter
      aria-labelledby="storage"
      min={0}
      max={of}
      high={of * 0.9}
      optimum={0}
      value={Math.min(used, of)}
    ></meter>
  </div>
)
