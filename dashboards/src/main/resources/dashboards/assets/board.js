import * as api from './api.js';
import {heard, joined, laterSwitch, newer, read} from './entries.js';
import {Live} from './live.js';

const RETRY_MILLIS = 5_000;
/** For so long the list is left to the opening of the stream, after which it would have to be read anyway. */
const OPENING_MILLIS = 1_000;
/** Numbers that change more often than this cannot be read, and the drawing of two hundred rows takes its time. */
const PACE_MILLIS = 250;

/** Before the page is drawn the next time; at once where nobody sees it, because then it is not drawn. */
const drawn = (work) => (document.hidden ? work() : requestAnimationFrame(work));

/**
 * What the page knows: every experiment with its newest snapshot.
 *
 * The list is read when the stream opens and again whenever it reopens; the stream's events are applied on top. What
 * was heard since an answer was asked for is known better than the answer says it. An entry is never edited but
 * replaced, so a component whose entry is the same object has nothing to draw. However many events come in, there are
 * few `change` events a second, and a new map of entries only if one of them was replaced.
 *
 * @fires change   something is different
 */
export class Board extends EventTarget {
  /**
   * Map of experiment key to {experiment, snapshot}. The snapshot carries the newest numbers: those of its own making,
   * or of the latest standing since; `since` is from when its shares hold.
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
  /** Aborts the reading of the list that is on its way. */
  #loading = new AbortController();
  /** Counts what was heard and read: an answer that was asked for before something else was heard is the older one. */
  #turn = 0;
  /** When each experiment was last heard of, by key, as {turn, gone}; and the kill switch. */
  #news = new Map();
  #switched = 0;
  /** The newest snapshots of experiments that are not known yet. */
  #early = new Map();
  /** The experiments that are being read, by key: whether another answer is wanted after that. */
  #wanted = new Map();
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
    on('stale', ({heard: at}) => Object.assign(this, {live: false, heard: at}));
    on('snapshot', (snapshot) => this.#snapshot(snapshot));
    on('standing', (standing) => this.#snapshot(standing));
    on('experiment', ({experiment, state}) => {
      this.changes++;
      this.#experiment(experiment, state);
    });
    on('kill-switch', (killSwitch) => {
      this.changes++;
      this.#switched = ++this.#turn;
      Object.assign(this, {killSwitch});
    });
    on('verdict', (judged) => {
      this.changes++;
      this.#untold.push(judged);
      this.#look(judged.experiment);
    });
    on('learned', (learned) => Object.assign(this, {learned}));
    this.#stream.start();
    this.#loadIn(OPENING_MILLIS);
  }

  /**
   * Reads the list of experiments; on failure tries again by itself until it has been read.
   *
   * @returns whether it was read
   */
  async load() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    this.#loading.abort();
    this.#loading = new AbortController();
    const {signal} = this.#loading;
    const began = this.#turn;
    try {
      const [experiments, killSwitch] = await Promise.all([api.experiments(signal), api.killSwitch(signal)]);
      if (signal.aborted) return false;
      if (this.#switched <= began) this.killSwitch = laterSwitch(this.killSwitch, killSwitch);
      this.#listed(experiments, began);
      Object.assign(this, {state: 'ready', failure: null});
    } catch (failure) {
      if (signal.aborted) return false;
      Object.assign(this, {state: this.entries.size > 0 ? 'ready' : 'failed', failure});
      this.#loadIn(RETRY_MILLIS);
    }
    this.#changed();
    return this.failure === null;
  }

  /** Reads one experiment: one answer at a time, and once more if it is heard of meanwhile. */
  async #look(key) {
    const again = this.#wanted.has(key);
    this.#wanted.set(key, again);
    if (again) return;
    do {
      this.#wanted.set(key, false);
      const began = this.#turn;
      try {
        this.#found(await api.experiment(key), began);
      } catch (failure) {
        if (failure.status === 404) this.#gone(key);
        else if (this.#retry === 0) this.#loadIn(RETRY_MILLIS);
      }
    } while (this.#wanted.get(key));
    this.#wanted.delete(key);
  }

  #loadIn(millis) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.load(), millis);
  }

  #opened() {
    Object.assign(this, {live: true, heard: null});
    this.load();
  }

  /** The list as it was, with what was heard since; who is not on it is gone, unless heard of since. */
  #listed(experiments, began) {
    const entries = new Map();
    for (const experiment of experiments) {
      const {turn = 0, gone = false} = this.#news.get(experiment.key) ?? {};
      if (!gone || turn <= began) entries.set(experiment.key, this.#entry(experiment));
    }
    for (const [key, entry] of this.entries) {
      if (!entries.has(key) && this.#news.get(key)?.turn > began) entries.set(key, entry);
    }
    this.entries = entries;
    this.#early.clear();
  }

  /** One experiment as read, unless it was deleted since. */
  #found(experiment, began) {
    const {key} = experiment;
    const {turn = 0, gone = false} = this.#news.get(key) ?? {};
    if (gone && turn > began) return;
    this.#news.set(key, {turn: ++this.#turn, gone: false});
    this.#set(key, this.#entry(experiment));
  }

  /** The entry of an experiment as just read, keeping what is newer here. */
  #entry(experiment) {
    const {key} = experiment;
    const found = read(experiment);
    const early = this.#early.get(key);
    this.#early.delete(key);
    const entry = joined(this.entries.get(key), found);
    return early ? {...entry, snapshot: newer(entry.snapshot, early)} : entry;
  }

  /** A snapshot, or newer numbers under the same allocation. */
  #snapshot(snapshot) {
    const key = snapshot.experiment;
    const entry = this.entries.get(key);
    const known = entry ? entry.snapshot : this.#early.get(key);
    const next = newer(known, heard(snapshot, known));
    if (entry) {
      if (next !== known) this.#set(key, {...entry, snapshot: next});
    } else {
      this.#early.set(key, next);
      if (this.state === 'ready') this.#look(key);
    }
  }

  #experiment(key, state) {
    if (state === 'deleted') this.#gone(key);
    else this.#look(key);
  }

  #gone(key) {
    this.#news.set(key, {turn: ++this.#turn, gone: true});
    this.#early.delete(key);
    if (this.entries.delete(key)) this.#edited = true;
    this.#changed();
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
