import type { Brand } from '../../ui/brand.ts'
import { Mark } from '../../ui/mark.tsx'

interface SamplesProps {
  brand: Brand
  from: { name: string; address: string }
  replyTo: string | null
}

/** What clients will see with the settings as they are saved. */
export const BrandSamples = ({ brand, from, replyTo }: SamplesProps) => (
  <aside class="samples" aria-label="How it looks">
    <figure>
      <figcaption>Your client’s page</figcaption>
      <div class="sample sample-page">
        <div class="sample-bar">
          <Mark {...brand} />
          <b>
            <bdi>{brand.name}</bdi>
          </b>
        </div>
        <div class="sample-body">
          <p class="sample-label">Client portal</p>
          <p class="sample-title">Website relaunch</p>
          <p class="sample-muted">for Halcyon Coffee</p>
          <span class="sample-button">Approve</span>
        </div>
      </div>
    </figure>
    <figure>
      <figcaption>Your emails</figcaption>
      <div class="sample sample-mail">
        <div class="sample-head">
          <p>
            <b>
              <bdi>{from.name}</bdi>
            </b>{' '}
            &lt;{from.address}&gt;
          </p>
          <p>Answers go to {replyTo ?? from.address}</p>
        </div>
        <div class="sample-body">
          <div class="sample-from">
            <Mark {...brand} />
            <b>
              <bdi>{brand.name}</bdi>
            </b>
          </div>
          <div class="sample-card">
            <p class="sample-title">Your portal for Website relaunch</p>
            <p>The link signs you in, with no account and no password.</p>
            <span class="sample-button">Open the portal</span>
            <p class="sample-link">https://…</p>
          </div>
        </div>
      </div>
    </figure>
  </aside>
)
