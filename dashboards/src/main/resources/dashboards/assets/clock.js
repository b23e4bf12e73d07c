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

/** Redraws a Lit component at a steady pace while it is on the page. */
export class Ticker {
  constructor(host, everyMillis = 1000) {
    this.host = host;
    this.everyMillis = everyMillis;
    host.addController(this);
  }

  hostConnected() {
    this.timer = setInterval(() => this.host.requestUpdate(), this.everyMillis);
  }

  hostDisconnected() {
    clearInterval(this.timer);
  }
}
