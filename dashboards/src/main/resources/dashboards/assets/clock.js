/**
 * The server's time, as far as the page can know it. Ages are counted by the server's clock, so a visitor's wrong clock
 * does not make fresh numbers look old.
 */

let skew = null;

/** Learns from an event that the server stamped when it sent it. The smallest gap seen has the least travel in it. */
export function hearServerTime(iso) {
  const gap = Date.now() - Date.parse(iso);
  if (Number.isFinite(gap) && (skew === null || Math.abs(gap) < Math.abs(skew))) skew = gap;
}

/** The time by the server's clock, in milliseconds; the visitor's own until the server has said. */
export const serverNow = () => Date.now() - (skew ?? 0);

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
