import {LitElement, css, html, nothing} from 'lit';
import {told} from '../api.js';
import {focused, lost} from '../focus.js';
import {basics, buttons} from '../styles.js';

const STAYS_MILLIS = 10_000;
const UNDO_STAYS_MILLIS = 60_000;

/** Where keys are part of what is typed. */
const TYPED = 'input, textarea, [contenteditable]';

/**
 * Says what was just done, for ten seconds; for a minute where it can be taken back, here or by Ctrl+Z. Its time stands
 * still while the pointer is on it or something in it has the focus.
 *
 * @fires focus-lost   what had the focus before is gone
 */
export class UndoToast extends LitElement {
  static properties = {action: {state: true}, words: {state: true}, busy: {state: true}};

  static styles = [basics, buttons, css`
    :host {
      position: fixed;
      z-index: 2;
      left: 50%;
      bottom: 1rem;
      width: max-content;
      max-width: calc(100vw - 2rem);
      transform: translateX(-50%);
    }
    .toast {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .4rem .9rem;
      padding: .6rem .9rem;
      border: 1px solid var(--line-strong);
      border-radius: 8px;
      background: var(--text);
      color: var(--surface);
      box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
      overflow-wrap: anywhere;
    }
    button.plain {
      font-weight: 600;
    }
    kbd {
      font: .85rem var(--sans);
    }
    .close {
      all: unset;
      padding: 0 .3rem;
      cursor: pointer;
    }
    .toast :focus-visible {
      outline: 2px solid var(--surface);
      outline-offset: 2px;
    }
    @media (hover: none) {
      kbd {
        display: none;
      }
    }
  `];

  /** Grows with everything that is shown. */
  #turn = 0;
  #left = 0;
  #began = 0;
  #timer = 0;
  #held = new Set();
  #before = null;
  #pressed = (event) => this.#shortcut(event);

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.#pressed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#pressed);
    clearTimeout(this.#timer);
  }

  /** Says that an action of actions.js was done; of one that says nothing, nothing. */
  show({done, undo}) {
    if (!done) return;
    this.#turn++;
    this.#before = focused();
    this.#say(done, undo);
  }

  render() {
    const {words, action, busy} = this;
    return html`<div role="status">${words ? html`<div class="toast" @pointerenter=${() => this.#hold('pointer')}
      @pointerleave=${() => this.#release('pointer')} @focusin=${() => this.#hold('focus')}
      @focusout=${() => this.#release('focus')} @keydown=${this.#key}>
      <span>${words}</span>
      ${action ? html`<button class="plain" type="button" aria-disabled=${Boolean(busy)}
        aria-keyshortcuts="Control+Z Meta+Z" @click=${this.#undo}>Undo</button><kbd>Ctrl+Z</kbd>` : nothing}
      <button class="close" type="button" aria-label="Close this message" @click=${this.#close}>✕</button>
    </div>` : nothing}</div>`;
  }

  #say(words, undo = null) {
    clearTimeout(this.#timer);
    this.#held.clear();
    Object.assign(this, {words, action: undo, busy: false});
    this.#left = undo ? UNDO_STAYS_MILLIS : STAYS_MILLIS;
    this.#count();
    if (this.renderRoot.activeElement) this.#hold('focus');
  }

  #count() {
    this.#began = Date.now();
    this.#timer = setTimeout(() => this.#close(), this.#left);
  }

  #hold(what) {
    if (this.#held.size === 0) {
      clearTimeout(this.#timer);
      this.#left -= Date.now() - this.#began;
    }
    this.#held.add(what);
  }

  #release(what) {
    if (this.#held.delete(what) && this.#held.size === 0) this.#count();
  }

  async #undo() {
    const {action} = this;
    if (this.busy) return;
    this.busy = true;
    const turn = this.#turn;
    try {
      await action.run();
      if (turn === this.#turn) this.#back();
      this.#answer(turn, `Undone. ${action.done}`);
    } catch (failure) {
      this.#answer(turn, told(failure, 'This was not undone.'), action);
    }
  }

  /** Says what came of taking something back; beside what was shown meanwhile, which can still be taken back then. */
  #answer(turn, words, undo) {
    if (turn === this.#turn) this.#say(words, undo);
    else if (this.words) this.words = `${words} ${this.words}`;
    else this.#say(words);
  }

  #shortcut(event) {
    const {key, ctrlKey, metaKey, shiftKey, altKey} = event;
    const [at, ...around] = event.composedPath();
    const typed = at.matches?.(TYPED) || around.some(({localName}) => localName === 'dialog');
    if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || shiftKey || altKey || typed) return;
    if (!this.words || !this.action) return;
    event.preventDefault();
    this.#undo();
  }

  #key(event) {
    if (event.key === 'Escape') this.#close();
  }

  /** Gives the focus back to what had it when this was said. */
  #back() {
    if (!this.renderRoot.activeElement) return;
    this.#before?.focus();
    if (this.renderRoot.activeElement) {
      this.renderRoot.activeElement.blur();
      lost(this);
    }
  }

  #close() {
    this.#back();
    clearTimeout(this.#timer);
    this.#held.clear();
    this.words = null;
  }
}

customElements.define('undo-toast', UndoToast);
