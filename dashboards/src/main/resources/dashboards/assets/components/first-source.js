import {LitElement, html} from 'lit';
import {basics, panels} from '../styles.js';
import './copy-line.js';

const SOURCE = '{"key": "my-shop", "kind": "standard-webhooks"}';

/** What to do on a server to which no source has been added yet. */
export class FirstSource extends LitElement {
  static styles = [basics, panels];

  render() {
    return html`<article class="panel">
      <h2>No sources yet</h2>
      <p>A source is a sender of conversions: your payment provider, your shop, your analytics. It calls an address of
        this server, signed with a secret, and what it reports is credited to the arms that visitors were shown. Add one
        with the button above, or from a terminal; the answer holds its address and its secret:</p>
      <copy-line .text=${`curl ${location.origin}/v1/sources -H 'Content-Type: application/json' -d '${SOURCE}'`}>
      </copy-line>
    </article>`;
  }
}

customElements.define('first-source', FirstSource);
