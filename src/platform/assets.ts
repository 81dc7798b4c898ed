/** A file of `public`, as bytes. The host of the address counts for nothing. */
export async function asset(assets: Fetcher, path: string): Promise<Uint8Array> {
  const response = await assets.fetch(new URL(path, 'https://assets.invalid'))
  if (!response.ok) throw new Error(`The asset ${path} answered ${response.status}.`)
  return new Uint8Array(await response.arrayBuffer())
}
