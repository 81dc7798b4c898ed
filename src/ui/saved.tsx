/** On the page that a good form leads back to. */
export const Saved = () => (
  <div class="notice teal saved" role="status">
    <p>Saved. It shows everywhere from now on.</p>
  </div>
)
