/** How often (ms) the speed is taken. */
const SAMPLE = 500
/** How much a new sample weighs against those before. */
const WEIGHT = 0.15

/** How fast something goes, smoothed, so that what is left doesn't jump about. */
export class Pace {
  #speed = 0
  #samples = 0
  #bytes = 0
  #at = 0

  /** After a pause, the time that passed counts for nothing. */
  begin(bytes: number, now: number): void {
    this.#bytes = bytes
    this.#at = now
  }

  note(bytes: number, now: number): void {
    const passed = now - this.#at
    if (passed < SAMPLE || bytes < this.#bytes) return
    const speed = (bytes - this.#bytes) / passed
    this.#samples++
    // The first few count in full: they are all that is known.
    const weight = Math.max(WEIGHT, 1 / this.#samples)
    this.#speed += (speed - this.#speed) * weight
    this.begin(bytes, now)
  }

  /** Seconds for so many bytes; undefined before anybody can tell. */
  secondsFor(bytes: number): number | undefined {
    return this.#samples < 2 || this.#speed === 0 ? undefined : bytes / this.#speed / 1000
  }
}
