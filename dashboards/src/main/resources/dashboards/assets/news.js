const GAP_MILLIS = 1_000;

/**
 * Reads again when there is news: at most once a second, or whatever the gap is, never while an answer is on its way,
 * and once more after the last of the news.
 */
export class News {
  #read;
  #gapMillis;
  #began = -Infinity;
  #timer = 0;
  #busy = false;
  #waiting = false;

  /**
   * @param read       reads once; the promise it answers ends when that is over
   * @param gapMillis  at least so long from one beginning to the next
   */
  constructor(host, read, gapMillis = GAP_MILLIS) {
    this.#read = read;
    this.#gapMillis = gapMillis;
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
      this.#timer = setTimeout(() => this.#now(), Math.max(0, this.#began + this.#gapMillis - performance.now()));
    }
  }

  async #now() {
    this.#timer = 0;
    this.#began = performance.now();
    this.#busy = true;
    try {
      await this.#read();
    } finally {
      this.#busy = false;
    }
    if (!this.#waiting) return;
    this.#waiting = false;
    this.heard();
  }
}
