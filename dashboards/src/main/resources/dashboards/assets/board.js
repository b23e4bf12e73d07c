import * as api from './api.js';
import {hearServerTime} from './clock.js';
import {append, merge, point} from './history.js';
import {Live} from './live.js';
import {completeExperiment, completeSnapshot} from './shapes.js';

const HISTORY_POINTS = 300;
const RETRY_MILLIS = 5_000;

/**
 * What the page knows: every experiment with its newest snapshot and, once somebody looks at it, its history.
 *
 * The list is read when the stream opens and again whenever it reopens; the stream's events are applied on top. An
 * entry is never edited but replaced, so a component whose entry is the same object has nothing to draw.
 *
 * @fires change   something is different
 */
export class Board extends EventTarget {
  /**
   * Map of experiment key to {experiment, snapshot, history}. The snapshot carries the newest numbers: those of its own
   * making, or of the latest standing since. History is null, or {state, points}.
   */
  entries = new Map();
  /** 'loading', 'ready' or 'failed': whether the list has been read. */
  state = 'loading';
  /** Why the list could not be read. */
  failure = null;
  /** Whether the stream is up: null before it first opens, then true or false. */
  live = null;
  /** While the stream is down: when it was last known to be up, in milliseconds by the server's clock. */
  heard = null;
  /** The newest {through, at} of the learner. */
  learned = null;
  /** How the kill switch stands: {engaged, reason, actor, at}. */
  killSwitch = {engaged: false};
  /** The newest {experiment, at, began, ended} of the guardrails. */
  judged = null;

  #stream = new Live();
  #retry = 0;

  start() {
    const on = (name, handle) => this.#stream.addEventListener(name, (event) => {
      handle(event.detail);
      this.#changed();
    });
    on('open', () => this.#opened());
    on('stale', ({heard}) => Object.assign(this, {live: false, heard}));
    on('snapshot', (snapshot) => this.#snapshot(completeSnapshot(snapshot)));
    on('standing', (standing) => this.#standing(completeSnapshot(standing)));
    on('experiment', ({experiment, state}) => this.#experiment(experiment, state));
    on('kill-switch', (killSwitch) => Object.assign(this, {killSwitch}));
    on('verdict', (judged) => {
      this.judged = judged;
      this.#read(judged.experiment);
    });
    on('learned', (learned) => {
      this.learned = learned;
      hearServerTime(learned.at);
    });
    this.#stream.start();
    this.load();
  }

  /** Reads the list of experiments; on failure tries again by itself until it has been read. */
  async load() {
    clearTimeout(this.#retry);
    try {
      const [experiments, killSwitch] = await Promise.all([api.experiments(), api.killSwitch()]);
      this.killSwitch = killSwitch;
      this.entries = new Map(experiments.map((experiment) => [experiment.key, this.#entry(experiment)]));
      Object.assign(this, {state: 'ready', failure: null});
    } catch (failure) {
      Object.assign(this, {state: this.entries.size > 0 ? 'ready' : 'failed', failure});
      this.#retry = setTimeout(() => this.load(), RETRY_MILLIS);
    }
    this.#changed();
  }

  /** Reads the history of an experiment, unless it is there or on its way. */
  async loadHistory(key, again = false) {
    const known = this.entries.get(key)?.history ?? null;
    if (!this.entries.has(key) || known?.state === 'loading' || (known?.state === 'ready' && !again)) return;
    this.#replace(key, {history: {state: 'loading', points: known?.points ?? []}});
    let read;
    let state = 'ready';
    try {
      read = (await api.snapshots(key, HISTORY_POINTS)).map(point);
    } catch {
      [read, state] = [[], 'failed'];
    }
    const points = this.entries.get(key)?.history?.points ?? [];
    this.#replace(key, {history: {state, points: merge(read, points)}});
  }

  #opened() {
    const before = this.live;
    Object.assign(this, {live: true, heard: null});
    this.load();
    if (before === null) return;
    for (const [key, {history}] of this.entries) {
      if (history !== null) this.loadHistory(key, true);
    }
  }

  #snapshot(snapshot) {
    const entry = this.entries.get(snapshot.experiment);
    if (!entry) {
      if (this.state === 'ready') this.#read(snapshot.experiment);
      return;
    }
    if (entry.snapshot && entry.snapshot.version > snapshot.version) return;
    const history = entry.history && {...entry.history, points: append(entry.history.points, point(snapshot))};
    this.#replace(snapshot.experiment, {snapshot, history});
  }

  /** Newer numbers under the same allocation: nothing to add to its history. */
  #standing(standing) {
    const known = this.entries.get(standing.experiment)?.snapshot;
    if (known && known.version <= standing.version) this.#replace(standing.experiment, {snapshot: standing});
  }

  #experiment(key, state) {
    if (state === 'deleted') {
      this.entries = new Map([...this.entries].filter(([other]) => other !== key));
    } else {
      this.#read(key);
    }
  }

  async #read(key) {
    try {
      const experiment = await api.experiment(key);
      this.entries = new Map(this.entries).set(key, this.#entry(experiment));
      this.#changed();
    } catch {
      this.load();
    }
  }

  /** The entry of an experiment as just read, keeping what is newer here. A new one under an old key starts anew. */
  #entry(experiment) {
    const {snapshot: served, standing, ...defined} = experiment;
    const definition = completeExperiment(defined);
    const snapshot = completeSnapshot(standing ?? served ?? null);
    const known = this.entries.get(experiment.key);
    if (!known || known.experiment.createdAt !== definition.createdAt) {
      return {experiment: definition, snapshot, history: null};
    }
    const newer = known.snapshot && known.snapshot.version > (snapshot?.version ?? 0) ? known.snapshot : snapshot;
    return {...known, experiment: definition, snapshot: newer};
  }

  #replace(key, changes) {
    if (!this.entries.has(key)) return;
    this.entries = new Map(this.entries).set(key, {...this.entries.get(key), ...changes});
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
