const GAP_MILLIS = 1_000;

/**
 * Reads again when there is news: at most once a second, never while an answer is on its way, and once more after the
 * last of the news.
 */
export class News {
  #read;
  #began = -Infinity;
  #timer = 0;
  #busy = false;
  #waiting = false;

  /** @param read   reads once; the promise it answers ends when that is over */
  constructor(host, read) {
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#waiting = false;
  }

  /** There is something newer to read. */
  heard() {
    if (this.#busy) {
      this.#waiting = true;
    } else if (this.#timer === 0) {
      this.#timer = setTimeout(() => this.#now(), Math.max(0, this.#began + GAP_MILLIS - performance.now()));
    }
  }

  async #now() {
    this.#timer = 0;
    this.#began = performance.now();
    this.#busy = true;
    await this.#read();
    this.#busy = false;
    if (!this.#waiting) return;
    this.#waiting = false;
    this.heard();
  }
}
