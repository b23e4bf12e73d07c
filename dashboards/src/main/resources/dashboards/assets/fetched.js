const RETRY_MILLIS = 5_000;

/**
 * Parts of the pages that are fetched when somebody goes there first. What was fetched is drawn only then: an element
 * must not be given anything before its class is known.
 */
export class Fetched {
  #host;
  #loads;
  #there = new Set();
  /** Those on their way, by name, as promises. */
  #coming = new Map();
  /** Those that could not be fetched, by name, with the timer of the next attempt: not every drawing makes one. */
  #failed = new Map();

  /** @param loads   by name, each imports a module */
  constructor(host, loads) {
    this.#host = host;
    this.#loads = loads;
    host.addController(this);
  }

  hostDisconnected() {
    this.#failed.forEach((timer) => clearTimeout(timer));
    this.#failed.clear();
  }

  /** Whether a part is there. If not it is fetched, and the component drawn again when that is over. */
  has(name) {
    if (!(name in this.#loads) || this.#there.has(name)) return true;
    if (!this.#failed.has(name)) this.load(name);
    return false;
  }

  /** Whether a part could not be fetched; it is tried again every few seconds. */
  failed(name) {
    return this.#failed.has(name);
  }

  /** Fetches a part, if it is one that has to be. */
  load(name) {
    if (!(name in this.#loads) || this.#there.has(name)) return Promise.resolve();
    if (!this.#coming.has(name)) this.#coming.set(name, this.#fetch(name));
    return this.#coming.get(name);
  }

  async #fetch(name) {
    clearTimeout(this.#failed.get(name));
    try {
      await this.#loads[name]();
      this.#there.add(name);
      this.#failed.delete(name);
    } catch {
      if (this.#host.isConnected) this.#failed.set(name, setTimeout(() => this.load(name), RETRY_MILLIS));
    }
    this.#coming.delete(name);
    this.#host.requestUpdate();
  }
}
