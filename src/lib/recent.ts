const MOST = 1000

/** Keys with the instant (ms UTC) until which they hold; the latest thousand, so that it can't grow. */
export class Recent {
  readonly #until = new Map<string, number>()

  keep(key: string, until: number): void {
    this.#until.delete(key)
    this.#until.set(key, until)
    const [oldest] = this.#until.keys()
    if (this.#until.size > MOST && oldest !== undefined) this.#until.delete(oldest)
  }

  has(key: string, now: number): boolean {
    return (this.#until.get(key) ?? now) > now
  }
}
