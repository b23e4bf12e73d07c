import {LitElement, css, html, nothing} from 'lit';
import {saveImage, saveTable} from '../exports.js';
import {basics, buttons} from '../styles.js';

const SAID_MILLIS = 4_000;

/**
 * What is shown here as files: the numbers as CSV, the chart as PNG.
 *
 * `of` is the key of what it is about, if it is about one thing, `subject` what is shown of it in the words of a file
 * name. `table` answers {columns, rows} as exports.js wants them, or a promise of it, `image` a promise of the address
 * of a picture; what is not given is not offered. Both are asked only when somebody wants the file.
 */
export class ExportMenu extends LitElement {
  static properties = {
    of: {}, subject: {}, table: {attribute: false}, image: {attribute: false}, said: {state: true},
  };

  static styles = [basics, buttons, css`
    :host {
      display: inline-block;
    }
    :host([hidden]) {
      display: none;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem;
      color: var(--text-soft);
      font-size: .87rem;
    }
    button.plain {
      min-height: 1.8rem;
      padding: .1rem .6rem;
      font-size: .87rem;
    }
  `];

  render() {
    const what = (this.subject ?? '').replaceAll('-', ' ');
    const button = (kind, act) => html`<button class="plain" type="button"
      aria-label="Download ${what} as ${kind}" @click=${() => this.#make(act)}>${kind}</button>`;
    return html`<div role="group" aria-label="Download ${what}"><span aria-hidden="true">Download</span>
      ${this.table ? button('CSV', () => this.#csv()) : nothing}
      ${this.image ? button('PNG', () => this.#png()) : nothing}
      <span role="status">${this.said}</span></div>`;
  }

  async #csv() {
    saveTable([this.of, this.subject], await this.table());
  }

  async #png() {
    saveImage([this.of, this.subject], await this.image());
  }

  async #make(act) {
    try {
      await act();
      this.said = 'Saved.';
    } catch {
      this.said = 'The file could not be made.';
    }
    setTimeout(() => { this.said = undefined; }, SAID_MILLIS);
  }
}

customElements.define('export-menu', ExportMenu);
