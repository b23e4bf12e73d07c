import {snapshots} from './api.js';

/**
 * When the first and the last allocation of an experiment were published, for a component: `from` and `to` in
 * milliseconds, null until that is known or while there is none. Standings are newer, and go on after the end.
 */
export class ServedSpan {
  from = null;
  to = null;

  #host;
  #about = '';
  #known = '';

  constructor(host) {
    this.#host = host;
  }

  /** Asks, once for each definition and version; where that fails, with the next drawing. */
  async ask({experiment: {key, createdAt, state}, snapshot}) {
    if (!snapshot) return;
    const about = `${key} ${createdAt}`;
    if (about !== this.#about) Object.assign(this, {from: null, to: null});
    this.#about = about;
    const wanted = [about, state, state === 'running' ? '' : snapshot.version].join(' ');
    if (wanted === this.#known) return;
    this.#known = wanted;
    try {
      const found = await snapshots(key, 2);
      if (wanted !== this.#known || found.length === 0) return;
      [this.from, this.to] = [Date.parse(found[0].at), Date.parse(found.at(-1).at)];
      this.#host.requestUpdate();
    } catch {
      this.#known = '';
    }
  }
}
