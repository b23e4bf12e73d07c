import {LitElement, css, html, nothing} from 'lit';
import {basics, buttons} from '../styles.js';

const SAID_MILLIS = 2_500;

/** Copies the address of what is shown, with all it is set to; where that is not allowed, shows it to be copied. */
export class ShareLink extends LitElement {
  static properties = {said: {state: true}, address: {state: true}};

  static styles = [basics, buttons, css`
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .4rem;
    }
    button.plain {
      min-height: 1.8rem;
      padding: .1rem .6rem;
      font-size: .87rem;
    }
    input {
      width: min(22rem, 70vw);
      padding: .25rem .5rem;
      border: 1px solid var(--line-strong);
      border-radius: 6px;
      background: var(--ground);
      color: var(--text);
      font: .85rem/1.4 var(--mono);
    }
  `];

  render() {
    return html`<button class="plain" type="button" @click=${this.#copy}>${
        this.said ?? 'Copy link'}</button><span class="heard" role="status">${this.said}</span>${
      this.address ? html`<input readonly aria-label="Link to what is shown" .value=${this.address}
        @blur=${this.#close}>` : nothing}`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.said = 'Link copied';
    } catch {
      this.address = location.href;
      this.said = 'Copy it from here';
      await this.updateComplete;
      this.renderRoot.querySelector('input').select();
    }
    setTimeout(() => { this.said = undefined; }, SAID_MILLIS);
  }

  #close() {
    this.address = undefined;
  }
}

customElements.define('share-link', ShareLink);
