import {restored} from './draft.js';

/** What was typed into a form and not sent yet, kept for as long as the tab is open. */

const PREFIX = 'bandolier.form.';

/** What was kept under a name: {draft, base}, or null. */
export function kept(name) {
  try {
    const each = JSON.parse(sessionStorage.getItem(PREFIX + name));
    return restored(each?.draft) ? each : null;
  } catch {
    return null;
  }
}

/** Keeps it. A browser that keeps nothing is no reason not to go on. */
export function keep(name, each) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(each));
  } catch {
    // Full, or forbidden by its owner.
  }
}

/** Forgets it. */
export function forget(name) {
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
