import {restored} from './draft.js';

/** What was typed into a form and not sent yet, kept for as long as the tab is open. */

const PREFIX = 'bandolier.form.';

/** The same for as long as the page is open, where a browser keeps nothing. */
const inMemory = new Map();

/** What was kept under a name: {draft, base}, or null. */
export function kept(name) {
  const each = inMemory.get(name) ?? stored(name);
  return restored(each?.draft) ? each : null;
}

function stored(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Keeps it. */
export function keep(name, each) {
  inMemory.set(name, each);
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(each));
  } catch {
    // Full, or forbidden by its owner: then it is kept until the page is closed, and closing it asks.
  }
}

/** Forgets it. */
export function forget(name) {
  inMemory.delete(name);
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Then there was nothing.
  }
}

/** Asks before the window is closed as long as `unsaved` says so; a controller of the component. */
export class BeforeLeaving {
  #unsaved;
  #ask = (event) => {
    if (this.#unsaved()) event.preventDefault();
  };

  constructor(host, unsaved) {
    this.#unsaved = unsaved;
    host.addController(this);
  }

  hostConnected() {
    addEventListener('beforeunload', this.#ask);
  }

  hostDisconnected() {
    removeEventListener('beforeunload', this.#ask);
  }
}
