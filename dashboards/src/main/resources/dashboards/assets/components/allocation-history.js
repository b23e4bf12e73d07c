import {LitElement, css, html} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {clockTime, share} from '../format.js';
import {controlFirst} from '../order.js';
import {basics} from '../styles.js';
import {meanings, units} from '../words.js';
import './help-term.js';

const ROWS_MAX = 100;

/** The chart's values as a table, newest first: for those who cannot see the chart, and for copying. */
export class AllocationHistory extends LitElement {
  static properties = {experiment: {attribute: false}, points: {attribute: false}, open: {state: true}};

  static styles = [basics, css`
    :host {
      margin-top: .5rem;
    }
    summary {
      cursor: pointer;
      width: fit-content;
      font-size: .9rem;
      color: var(--text-soft);
    }
    .scroll {
      max-height: 20rem;
      margin-top: .4rem;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: 6px;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: .87rem;
    }
    caption {
      padding: .4rem .6rem;
      text-align: left;
      color: var(--text-soft);
    }
    th, td {
      padding: .25rem .6rem;
      text-align: right;
      white-space: nowrap;
      font-weight: 400;
    }
    thead th {
      position: sticky;
      top: 0;
      background: var(--raised);
      font-weight: 600;
    }
    th:first-child {
      text-align: left;
    }
    tbody tr {
      border-top: 1px solid var(--line);
    }
  `];

  render() {
    return html`<details @toggle=${(event) => { this.open = event.target.open; }}>
      <summary>Chart as a table</summary>
      ${this.open ? this.#table() : ''}
    </details>`;
  }

  #table() {
    const arms = controlFirst(this.experiment.arms);
    const {version} = meanings(this.experiment);
    const meaning = `Of new ${units(this.experiment)}, the part that was shown the arm from then on, until the row `
      + 'above.';
    const rows = this.points.slice(-ROWS_MAX).reverse();
    const limit = this.points.length > ROWS_MAX ? `, the last ${ROWS_MAX}` : '';
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Allocation over time">
      <table>
        <caption><help-term .text=${meaning}>Share of each arm</help-term>, newest first${limit}</caption>
        <thead><tr><th scope="col">From</th><th scope="col"><help-term .text=${version}>Version</help-term></th>
          ${arms.map((arm) => html`<th scope="col">${arm.key}</th>`)}</tr></thead>
        <tbody class="number">${repeat(rows, ({version}) => version, ({at, version, shares}) => html`<tr>
          <th scope="row">${clockTime(at)}</th><td>${version}</td>
          ${arms.map((arm) => html`<td>${share(shares[arm.key] ?? 0)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
  }
}

customElements.define('allocation-history', AllocationHistory);
