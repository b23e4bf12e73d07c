import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';

const LEAVE_MILLIS = 120;
const GAP = 6;
const MARGIN = 8;

/**
 * A word or number that says what it means when pointed at, focused or tapped.
 *
 * The explanation lies in the top layer, so nothing clips it. It stays while the pointer is on it, and Escape closes it
 * (WCAG 1.4.13). A screen reader reads it as the description of the word.
 */
export class HelpTerm extends LitElement {
  static properties = {text: {}};

  static styles = [basics, css`
    :host {
      display: inline;
    }
    button {
      all: unset;
      cursor: help;
      text-decoration: underline dotted 1px;
      text-decoration-color: var(--line-strong);
      text-underline-offset: .22em;
    }
    button:focus-visible {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
      border-radius: 3px;
    }
    [role="tooltip"] {
      position: fixed;
      inset: auto;
      margin: 0;
      max-width: min(20rem, calc(100vw - 16px));
      padding: .55rem .7rem;
      border: 1px solid var(--line-strong);
      border-radius: 6px;
      background: var(--surface);
      color: var(--text);
      box-shadow: 0 6px 20px rgb(0 0 0 / 18%);
      font: 400 .87rem/1.4 var(--sans);
      letter-spacing: normal;
      text-align: left;
      text-transform: none;
      white-space: normal;
    }
  `];

  #leave = 0;
  /** Who touches something else is done with reading; on some phones a touch moves no focus. */
  #elsewhere = (event) => {
    if (!event.composedPath().includes(this)) this.#hide();
  };
  #scrolled = () => this.#place();

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch(false);
  }

  render() {
    return html`<button type="button" aria-describedby="meaning"
        @mouseenter=${this.#show} @mouseleave=${this.#hideSoon} @focus=${this.#show} @blur=${this.#hide}
        @click=${this.#show} @keydown=${this.#key}><slot></slot></button><span
        id="meaning" role="tooltip" popover="manual"
        @mouseenter=${this.#show} @mouseleave=${this.#hideSoon}>${this.text}</span>`;
  }

  get #tip() {
    return this.renderRoot.querySelector('[role="tooltip"]');
  }

  #show() {
    clearTimeout(this.#leave);
    const tip = this.#tip;
    if (tip.matches(':popover-open')) return;
    tip.showPopover();
    this.#watch(true);
    this.#place();
  }

  /** Beside the word, wherever that is by now. */
  #place() {
    const tip = this.#tip;
    const word = this.renderRoot.querySelector('button').getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const below = word.bottom + GAP + box.height <= innerHeight || word.top < box.height + GAP;
    tip.style.left = `${Math.max(MARGIN, Math.min(word.left, innerWidth - box.width - MARGIN))}px`;
    tip.style.top = `${below ? word.bottom + GAP : word.top - GAP - box.height}px`;
  }

  #hideSoon() {
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => this.#hide(), LEAVE_MILLIS);
  }

  #hide() {
    clearTimeout(this.#leave);
    this.#watch(false);
    if (this.isConnected) this.#tip.hidePopover();
  }

  #watch(open) {
    const change = open ? addEventListener : removeEventListener;
    change('pointerdown', this.#elsewhere, true);
    change('scroll', this.#scrolled, true);
  }

  #key(event) {
    if (event.key === 'Escape') this.#hide();
  }
}

customElements.define('help-term', HelpTerm);
