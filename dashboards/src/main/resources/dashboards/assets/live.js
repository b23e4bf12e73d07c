/**
 * The stream of /v1/live, kept open.
 *
 * EventSource reconnects by itself after a broken connection, but gives up when the server answers with an error, and
 * cannot see a connection that died without a word. So a closed stream is opened again after a pause that doubles, and
 * one that does not even say that it lives is lost and replaced: on a new stream the server first sends everything anew.
 */

import {hearServerTime, serverNow} from './clock.js';

const EVENTS = ['snapshot', 'standing', 'experiment', 'learned', 'verdict', 'kill-switch'];
/** Two and a half times as long as the server is ever silent. */
const SILENCE_MILLIS = 12_500;
/** For a stream that opens, and for one of which there is reason to doubt. */
const DOUBT_MILLIS = 6_000;
const PAUSE_MILLIS = 1_000;
const PAUSE_MILLIS_MAX = 10_000;

/**
 * @fires open       the stream is up; whatever was missed must be read anew
 * @fires stale      the stream is down; `detail.heard` is when it was last known to be up (server's clock), or null
 * @fires snapshot, standing, experiment, learned, verdict, kill-switch   `detail` is the event's data
 */
export class Live extends EventTarget {
  #source = null;
  #up = false;
  #heard = null;
  #pauseMillis = PAUSE_MILLIS;
  #retry = 0;
  #watch = 0;

  start() {
    // A server on the same machine, or behind another network, may go on talking: what is heard knows better.
    addEventListener('offline', () => this.#expect(DOUBT_MILLIS));
    addEventListener('online', () => this.#open());
    this.#open();
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    const source = new EventSource('/v1/live');
    this.#source = source;
    this.#expect(DOUBT_MILLIS);
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#failed(source));
    source.addEventListener('keep-alive', ({data}) => this.#lives(JSON.parse(data)));
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => this.#event(name, event.data));
    }
  }

  #opened() {
    this.#up = true;
    this.#pauseMillis = PAUSE_MILLIS;
    this.#hear();
    this.dispatchEvent(new Event('open'));
  }

  /** Only this event tells the time: what was missed is told with the time when it happened. */
  #lives({at}) {
    hearServerTime(at);
    this.#hear();
  }

  #event(name, data) {
    this.#hear();
    this.dispatchEvent(new CustomEvent(name, {detail: JSON.parse(data)}));
  }

  #failed(source) {
    if (source !== this.#source) return;
    this.#lost();
    if (source.readyState === EventSource.CLOSED) this.#openLater();
  }

  #openLater() {
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), this.#pauseMillis);
    this.#pauseMillis = Math.min(2 * this.#pauseMillis, PAUSE_MILLIS_MAX);
  }

  #hear() {
    this.#heard = serverNow();
    this.#expect(SILENCE_MILLIS);
  }

  /** Takes the stream for lost, and opens a new one, unless something is heard in time. */
  #expect(millis) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#lost();
      this.#open();
    }, millis);
  }

  #lost() {
    if (!this.#up && this.#heard === null) {
      this.dispatchEvent(new CustomEvent('stale', {detail: {heard: null}}));
    } else if (this.#up) {
      this.#up = false;
      this.dispatchEvent(new CustomEvent('stale', {detail: {heard: this.#heard}}));
    }
  }
}
