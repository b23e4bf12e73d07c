/**
 * Parts of the pages that are fetched when somebody goes there first. What was fetched is drawn only then: an element
 * must not be given anything before its class is known.
 */
export class Fetched {
  #host;
  #loads;
  #there = new Set();

  /** @param loads   by name, each imports a module */
  constructor(host, loads) {
    this.#host = host;
    this.#loads = loads;
  }

  /** Whether a part is there. If not it is fetched, and the component drawn again; where that fails, with the next drawing. */
  has(name) {
    if (!(name in this.#loads) || this.#there.has(name)) return true;
    this.load(name);
    return false;
  }

  /** Fetches a part, if it is one that has to be. */
  async load(name) {
    if (!(name in this.#loads) || this.#there.has(name)) return;
    try {
      await this.#loads[name]();
    } catch {
      return;
    }
    this.#there.add(name);
    this.#host.requestUpdate();
  }
}
