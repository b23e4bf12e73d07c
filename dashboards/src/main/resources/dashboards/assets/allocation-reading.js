import {snapshots} from './api.js';
import {append, merge, point, since} from './history.js';

const POINTS = 300;
const RETRY_MILLIS = 5_000;

/**
 * The allocation of an experiment over a part of its time, for a component: read once, then kept up with each snapshot
 * for as long as the time reaches up to now. What was read stays when reading fails, and it is tried again.
 */
export class AllocationReading {
  /** 'loading', 'ready' or 'failed'; what has failed is that until it is read. */
  state = 'loading';

  #host;
  #points = [];
  /** What was heard while an answer was on its way, which may be older. */
  #heard = [];
  #turn = 0;
  #retry = 0;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected() {
    clearTimeout(this.#retry);
    this.#turn++;
  }

  /** The history from a time on, or all of it. */
  points(from) {
    return since(this.#points, from);
  }

  /** A newer snapshot, which the history goes on with; what was before a time is forgotten. */
  hear(snapshot, from = null) {
    const next = point(snapshot);
    if (this.state === 'ready') this.#points = since(append(this.#points, next), from);
    else this.#heard = append(this.#heard, next);
  }

  /** Forgets what was read for another time, and reads. */
  async read(key, from, to) {
    this.#points = [];
    this.#heard = [];
    this.state = 'loading';
    await this.again(key, from, to);
  }

  /** Reads once more, keeping what is there until it is known better. An answer still on its way no longer counts. */
  async again(key, from, to) {
    clearTimeout(this.#retry);
    const turn = ++this.#turn;
    if (this.state === 'ready') this.state = 'loading';
    const result = await this.#ask(key, from, to).catch(() => null);
    if (turn !== this.#turn) return;
    this.state = result === null ? 'failed' : 'ready';
    if (result === null) this.#retry = setTimeout(() => this.again(key, from, to), RETRY_MILLIS);
    else {
      this.#points = this.#heard.reduce(append, result);
      this.#heard = [];
    }
    this.#host.requestUpdate();
  }

  /** What held at the beginning of a time was decided before it. */
  async #ask(key, from, to) {
    const [before, within] = await Promise.all([
      from === null ? [] : snapshots(key, 2, {to: from}),
      snapshots(key, POINTS, {from, to}),
    ]);
    return merge(before.slice(-1).map(point), within.map(point));
  }
}
