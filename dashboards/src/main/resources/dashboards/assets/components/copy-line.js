import {LitElement, css, html} from 'lit';
import {basics, buttons} from '../styles.js';

const SAID_MILLIS = 2_000;

/** A command to copy. */
export class CopyLine extends LitElement {
  static properties = {text: {}, said: {state: true}};

  static styles = [basics, buttons, css`
    :host {
      position: relative;
      display: flex;
      align-items: flex-start;
      gap: .5rem;
      padding: .5rem;
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--raised);
    }
    pre {
      flex: 1;
      min-width: 0;
      margin: 0;
      padding: .3rem;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      font: .85rem/1.5 var(--mono);
    }
  `];

  render() {
    return html`<pre><code>${this.text}</code></pre>
      <button class="plain" type="button" @click=${this.#copy}>${this.said ?? 'Copy'}</button>
      <span class="heard" role="status">${this.said ?? ''}</span>`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = 'Copied';
    } catch {
      getSelection().selectAllChildren(this.renderRoot.querySelector('code'));
      this.said = 'Selected';
    }
    setTimeout(() => { this.said = undefined; }, SAID_MILLIS);
  }
}

customElements.define('copy-line', CopyLine);
