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
  /** The reading that is on its way, or was the latest; its answer counts unless it is another one by then. */
  #reading = null;
  #stop = new AbortController();
  #seen = () => this.#look();

  /** @param read   reads once, by what the component is about at that time; its signal aborts it */
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
    this.#forget();
  }

  /** Reads at once, unless the component has left the page. An answer that is still on its way no longer counts. */
  again() {
    this.#forget();
    if (!this.#host.isConnected) return Promise.resolve();
    this.#reading = this.#once(++this.#turn, this.#stop.signal);
    return this.#reading;
  }

  /** Reads when what is on its way, if anything is, has come, and counts. */
  async next() {
    let awaited;
    do {
      awaited = this.#reading;
      await awaited;
    } while (awaited !== this.#reading);
    await this.again();
  }

  async #once(turn, signal) {
    let result;
    try {
      result = {data: await this.#read(signal), failure: null, at: serverNow()};
    } catch (failure) {
      result = {failure};
    }
    if (turn !== this.#turn) return;
    Object.assign(this, result);
    this.#host.requestUpdate();
    if (!document.hidden) this.#timer = setTimeout(() => this.again(), this.everyMillis);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  #look() {
    clearTimeout(this.#timer);
    if (!document.hidden) this.again();
  }
}
