import {serverNow} from './clock.js';

const EVERY_MILLIS = 5_000;

/**
 * Reads something again and again while its component is on a page that somebody can see, and redraws the component.
 *
 * What was read stays when reading fails: `failure` says why, `at` from when it is.
 */
export class Poll {
  /** What was read last; null before. */
  data = null;
  /** Why the latest reading failed; null if it did not. */
  failure = null;
  /** When `data` was read, in milliseconds by the server's clock. */
  at = null;
  /** How long to wait between two readings. */
  everyMillis = EVERY_MILLIS;

  #host;
  #read;
  #turn = 0;
  #timer = 0;
  #seen = () => this.#look();

  /** @param read   reads once, by what the component is about at that time */
  constructor(host, read) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.#seen);
    this.again();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timer);
    this.#turn++;
  }

  /** Reads at once. An answer that is still on its way no longer counts. */
  async again() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    let result;
    try {
      result = {data: await this.#read(), failure: null, at: serverNow()};
    } catch (failure) {
      result = {failure};
    }
    if (turn !== this.#turn) return;
    Object.assign(this, result);
    this.#host.requestUpdate();
    if (!document.hidden) this.#timer = setTimeout(() => this.again(), this.everyMillis);
  }

  #look() {
    clearTimeout(this.#timer);
    if (!document.hidden) this.again();
  }
}
