/**
 * The server's time, as far as the page can know it. Ages are counted by the server's clock, so a visitor's wrong clock
 * does not make fresh numbers look old.
 */

/** For so long what was heard counts: clocks drift. */
const MEMORY_MILLIS = 300_000;
/** A visitor's clock that moved by more than this was set, or its machine slept: what was heard before counts no more. */
const JUMP_MILLIS = 1_000;

/** What was heard, the oldest first: each with a gap greater than the one before, as {heard, gap}. */
let gaps = [];
let ahead = Date.now() - performance.now();
let skew = 0;

/**
 * Learns from what the server stamped when it sent it. Between its clock and the visitor's lies the way of the message,
 * which takes time and never gives any: the smallest gap of the last minutes has the least of it.
 */
export function hearServerTime(iso) {
  const heard = performance.now();
  const gap = Date.now() - Date.parse(iso);
  if (!Number.isFinite(gap)) return;
  if (Math.abs(Date.now() - heard - ahead) > JUMP_MILLIS) gaps = [];
  ahead = Date.now() - heard;
  gaps = [...gaps.filter((each) => each.gap < gap && heard - each.heard < MEMORY_MILLIS), {heard, gap}];
  skew = gaps[0].gap;
}

/** The time by the server's clock, in milliseconds; the visitor's own until the server has said. */
export const serverNow = () => Date.now() - skew;

/** Who is redrawn at which pace: one timer for each pace, so that all are drawn in one go however many there are. */
const beats = new Map();

function join(host, everyMillis) {
  if (!beats.has(everyMillis)) {
    const hosts = new Set();
    const timer = setInterval(() => hosts.forEach((each) => each.requestUpdate()), everyMillis);
    beats.set(everyMillis, {hosts, timer});
  }
  beats.get(everyMillis).hosts.add(host);
}

function leave(host, everyMillis) {
  const beat = beats.get(everyMillis);
  beat.hosts.delete(host);
  if (beat.hosts.size > 0) return;
  clearInterval(beat.timer);
  beats.delete(everyMillis);
}

/** Redraws a Lit component at a steady pace while it is on the page. */
export class Ticker {
  constructor(host, everyMillis = 1000) {
    this.host = host;
    this.everyMillis = everyMillis;
    host.addController(this);
  }

  hostConnected() {
    join(this.host, this.everyMillis);
  }

  hostDisconnected() {
    leave(this.host, this.everyMillis);
  }
}
