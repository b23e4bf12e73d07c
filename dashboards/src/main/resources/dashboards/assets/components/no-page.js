import {LitElement, html} from 'lit';
import {OVERVIEW} from '../route.js';
import {basics, panels} from '../styles.js';

/** Where the address is no page's. */
export class NoPage extends LitElement {
  static styles = [basics, panels];

  render() {
    return html`<section class="panel"><h1 tabindex="-1">No such page</h1>
      <p>There is no page at this address. It may have been cut, or have a typing error.
        <a href=${OVERVIEW}>All experiments</a></p></section>`;
  }
}

customElements.define('no-page', NoPage);
