import {LitElement, css, html, nothing} from 'lit';
import {basics, buttons} from '../styles.js';

const STAYS_MILLIS = 10_000;

/**
 * Says what was just done, and for ten seconds takes it back if that is possible. Its time stands still while the
 * pointer is on it or something in it has the focus.
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
    .close {
      all: unset;
      padding: 0 .3rem;
      cursor: pointer;
    }
    .toast :focus-visible {
      outline: 2px solid var(--surface);
      outline-offset: 2px;
    }
  `];

  #left = 0;
  #began = 0;
  #timer = 0;
  #held = new Set();

  /** Says that an action of actions.js was done; of one that says nothing, nothing. */
  show({done, undo}) {
    if (done) this.#say(done, undo);
  }

  render() {
    const {words, action, busy} = this;
    return html`<div role="status">${words ? html`<div class="toast" @pointerenter=${() => this.#hold('pointer')}
      @pointerleave=${() => this.#release('pointer')} @focusin=${() => this.#hold('focus')}
      @focusout=${() => this.#release('focus')} @keydown=${this.#key}>
      <span>${words}</span>
      ${action ? html`<button class="plain" type="button" ?disabled=${busy}
        @click=${this.#undo}>Undo</button>` : nothing}
      <button class="close" type="button" aria-label="Close this message" @click=${this.#close}>✕</button>
    </div>` : nothing}</div>`;
  }

  #say(words, undo = null) {
    clearTimeout(this.#timer);
    this.#held.clear();
    Object.assign(this, {words, action: undo, busy: false});
    this.#left = STAYS_MILLIS;
    this.#count();
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
    this.busy = true;
    try {
      await action.run();
      this.#say(`Undone. ${action.done}`);
    } catch (failure) {
      this.#say(`This was not undone: ${failure.message}`, action);
    }
  }

  #key(event) {
    if (event.key === 'Escape') this.#close();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#held.clear();
    this.words = null;
  }
}

customElements.define('undo-toast', UndoToast);
