import {LitElement, css, html, nothing} from 'lit';
import {clockTime} from '../format.js';
import {basics, buttons} from '../styles.js';
import './copy-line.js';
import './severity-sign.js';

/**
 * A secret that was made a moment ago, the one time that it can be seen; and until when the one before holds.
 *
 * @fires secret-kept   when somebody says that they have it
 */
export class SecretOnce extends LitElement {
  static properties = {secret: {attribute: false}, before: {attribute: false}};

  static styles = [basics, buttons, css`
    section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .6rem;
      padding: .8rem;
      border: 2px solid var(--warn);
      border-radius: 6px;
      background: var(--warn-ground);
    }
    h3 {
      display: flex;
      align-items: center;
      gap: .4rem;
      font-size: 1rem;
    }
    h3:focus {
      outline: none;
    }
    button {
      justify-self: start;
    }
  `];

  firstUpdated() {
    this.renderRoot.querySelector('h3').focus();
  }

  render() {
    return html`<section aria-labelledby="title">
      <h3 id="title" tabindex="-1"><severity-sign severity="warn"></severity-sign>Copy the secret now</h3>
      <p>It is shown this one time and cannot be read again. Give it to the sender.</p>
      <copy-line .text=${this.secret}></copy-line>
      ${this.before ? html`<p>The one before (…${this.before.hint}) holds until <strong
        class="number">${clockTime(Date.parse(this.before.expiresAt))}</strong>: change it at the sender before
        that.</p>` : nothing}
      <button class="plain" type="button" @click=${() =>
        this.dispatchEvent(new Event('secret-kept'))}>I have copied it</button>
    </section>`;
  }
}

customElements.define('secret-once', SecretOnce);
