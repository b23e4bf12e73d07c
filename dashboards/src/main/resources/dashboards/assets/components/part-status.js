import {LitElement, css, html} from 'lit';
import {basics, buttons, notices} from '../styles.js';

/**
 * Stands where a part of the pages will be: that it is on its way, or that it could not be fetched.
 *
 * @fires again-wanted   to fetch it at once
 */
export class PartStatus extends LitElement {
  static properties = {failed: {type: Boolean}};

  static styles = [basics, buttons, notices, css`
    .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .5rem 1rem;
    }
    span {
      flex: 1 1 16rem;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: .5rem;
    }
    .loading {
      color: var(--text-soft);
    }
  `];

  render() {
    if (!this.failed) return html`<p class="loading" aria-busy="true">Loading the page…</p>`;
    return html`<div class="notice bad" role="alert"><span>This part of the pages could not be fetched. Trying again every
        few seconds. If the server answers and this stays, reload the page: the server may have been upgraded.</span>
      <div class="choices"><button class="plain" type="button" @click=${() =>
        this.dispatchEvent(new Event('again-wanted'))}>Try now</button>
        <button class="plain" type="button" @click=${() => location.reload()}>Reload the page</button></div></div>`;
  }
}

customElements.define('part-status', PartStatus);
