import * as api from './api.js';
import {hearServerTime} from './clock.js';
import {Live} from './live.js';
import {completeExperiment, completeSnapshot} from './shapes.js';

const RETRY_MILLIS = 5_000;
/** Numbers that change more often than this cannot be read, and the drawing of two hundred rows takes its time. */
const PACE_MILLIS = 250;

/** Before the page is drawn the next time; at once where nobody sees it, because then it is not drawn. */
const drawn = (work) => (document.hidden ? work() : requestAnimationFrame(work));

/**
 * What the page knows: every experiment with its newest snapshot.
 *
 * The list is read when the stream opens and again whenever it reopens; the stream's events are applied on top. An
 * entry is never edited but replaced, so a component whose entry is the same object has nothing to draw. However many
 * events come in, there are few `change` events a second, and a new map of entries only if one of them was replaced.
 *
 * @fires change   something is different
 */
export class Board extends EventTarget {
  /**
   * Map of experiment key to {experiment, snapshot}. The snapshot carries the newest numbers: those of its own making,
   * or of the latest standing since.
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
  /** How many things were done, or found by guardrails, since the page was opened: there is something new to read. */
  changes = 0;
  /** What the guardrails found since what they had found before was told: a list of {experiment, at, began, ended}. */
  judged = [];

  #stream = new Live();
  #retry = 0;
  #telling = false;
  #told = -Infinity;
  #untold = [];
  /** Whether entries were replaced since the latest `change`. */
  #edited = false;

  start() {
    const on = (name, handle) => this.#stream.addEventListener(name, (event) => {
      handle(event.detail);
      this.#changed();
    });
    on('open', () => this.#opened());
    on('stale', ({heard}) => Object.assign(this, {live: false, heard}));
    on('snapshot', (snapshot) => this.#snapshot(completeSnapshot(snapshot)));
    on('standing', (standing) => this.#standing(completeSnapshot(standing)));
    on('experiment', ({experiment, state}) => {
      this.changes++;
      this.#experiment(experiment, state);
    });
    on('kill-switch', (killSwitch) => {
      this.changes++;
      Object.assign(this, {killSwitch});
    });
    on('verdict', (judged) => {
      this.changes++;
      this.#untold.push(judged);
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

  #opened() {
    Object.assign(this, {live: true, heard: null});
    this.load();
  }

  #snapshot(snapshot) {
    const entry = this.entries.get(snapshot.experiment);
    if (!entry) {
      if (this.state === 'ready') this.#read(snapshot.experiment);
      return;
    }
    if (entry.snapshot && entry.snapshot.version > snapshot.version) return;
    this.#replace(snapshot.experiment, {snapshot});
  }

  /** Newer numbers under the same allocation. */
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
      this.#set(key, this.#entry(experiment));
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
      return {experiment: definition, snapshot};
    }
    const newer = known.snapshot && known.snapshot.version > (snapshot?.version ?? 0) ? known.snapshot : snapshot;
    return {...known, experiment: definition, snapshot: newer};
  }

  #replace(key, changes) {
    if (!this.entries.has(key)) return;
    this.#set(key, {...this.entries.get(key), ...changes});
  }

  #set(key, entry) {
    this.entries.set(key, entry);
    this.#edited = true;
    this.#changed();
  }

  #changed() {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => drawn(() => this.#tell()), Math.max(0, this.#told + PACE_MILLIS - performance.now()));
  }

  #tell() {
    this.#telling = false;
    this.#told = performance.now();
    if (this.#edited) this.entries = new Map(this.entries);
    this.#edited = false;
    if (this.#untold.length > 0) this.judged = this.#untold.splice(0);
    this.dispatchEvent(new Event('change'));
  }
}
