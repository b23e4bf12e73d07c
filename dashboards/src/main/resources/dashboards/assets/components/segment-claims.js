import {LitElement, css, html} from 'lit';
import {fileWord} from '../exports.js';
import {capital} from '../format.js';
import {basics, fields, heads, panels} from '../styles.js';
import './claims-table.js';
import './export-menu.js';

/**
 * What can be claimed about the arms in one segment, and which one.
 *
 * @fires segment-chosen   `detail` is its name
 */
export class SegmentClaims extends LitElement {
  static properties = {
    experiment: {attribute: false}, segments: {attribute: false}, level: {type: Number}, chosen: {attribute: false},
  };

  static styles = [basics, heads, panels, fields, css`
    .field {
      max-width: 20rem;
      margin-bottom: .8rem;
    }
  `];

  render() {
    const {experiment, segments} = this;
    const attribute = experiment.segments?.attribute ?? 'segment';
    const one = this.#one();
    return html`<div class="head"><div><h2>By ${attribute}</h2>
        <p class="aside">The same claims for one ${attribute} alone. The more of them one looks at, the sooner one of
          them looks good by chance.</p></div>
        <export-menu of=${experiment.key} subject="claims-${fileWord(one.segment) || 'segment'}"
          .table=${() => this.#table(one)}></export-menu></div>
      <div class="field"><label for="segment">${capital(attribute)}</label>
        <select id="segment" @change=${this.#choose}>${segments.map(({segment}) => html`<option value=${segment}
          ?selected=${segment === one.segment}>${segment}</option>`)}</select></div>
      <claims-table name="What can be claimed about each arm, ${one.segment}" .experiment=${experiment}
        .claims=${one.claims} level=${this.level}></claims-table>`;
  }

  /** The chosen one; the first if none is, or if there is none of that name. */
  #one = () => this.segments.find(({segment}) => segment === this.chosen) ?? this.segments[0];

  #table({segment}) {
    const {columns, rows} = this.renderRoot.querySelector('claims-table').table();
    return {columns: ['segment', ...columns], rows: rows.map((row) => [segment, ...row])};
  }

  #choose(event) {
    this.dispatchEvent(new CustomEvent('segment-chosen', {detail: event.target.value}));
  }
}

customElements.define('segment-claims', SegmentClaims);
