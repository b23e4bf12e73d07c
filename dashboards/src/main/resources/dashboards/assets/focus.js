/** Where the keyboard is, and where it goes when what it was on is gone. */

/**
 * The element that has the focus, in whatever component it is; null where none has that anybody can see: a field of a
 * dialog that was just closed keeps it until the browser draws.
 */
export function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at && at !== document.body && at.checkVisibility() ? at : null;
}

/**
 * Notices when a component draws itself without what had the focus; a controller of that component.
 *
 * The focus then goes to what `instead` gives, and where that is nothing, to whoever hears of it.
 *
 * @fires focus-lost   nothing has the focus any more
 */
export class KeepsFocus {
  #host;
  #instead;
  #had = null;

  constructor(host, instead = () => null) {
    this.#host = host;
    this.#instead = instead;
    host.addController(this);
  }

  hostUpdate() {
    this.#had = this.#host.renderRoot?.activeElement ?? null;
  }

  hostUpdated() {
    if (this.#had && !this.#host.renderRoot.activeElement && !focused()) this.#move(this.#had);
    this.#had = null;
  }

  async #move(had) {
    await this.#host.updateComplete;
    const instead = this.#instead();
    if (instead) instead.focus();
    else lost(this.#host, had);
  }
}

/** Says that nothing has the focus any more; `had` is what had it. */
export const lost = (host, had = null) =>
  host.dispatchEvent(new CustomEvent('focus-lost', {detail: had, bubbles: true, composed: true}));

/** Gives the focus to the heading of a page, or to all of it. */
export function toHeading(main) {
  const page = [...main.children].find((each) => each.renderRoot?.querySelector('h1'));
  (page?.renderRoot.querySelector('h1') ?? main).focus({preventScroll: true});
}
