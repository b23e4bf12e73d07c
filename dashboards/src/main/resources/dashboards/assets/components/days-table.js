import {LitElement, css, html, svg} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {count, day} from '../format.js';
import {SOURCE_MEANINGS} from '../source-words.js';
import {height, parts} from '../sources.js';
import {basics, panels} from '../styles.js';
import './help-term.js';
import {blocks, headLine, tables} from './table.css.js';

const COLUMNS = [
  ['Deliveries', 'deliveries'], ['Accepted', 'accepted'], ['Duplicate', 'duplicates'], ['Ignored', 'ignored'],
  ['Refused', 'refused'], ['Attributed', 'credited', 'attributed'], ['Not attributed', 'unattributed'],
  ['Open', 'open'],
].map(([name, field, meant = field]) => ({name, field, meaning: SOURCE_MEANINGS[meant]}));
const ALARMING = {refused: 'bad', unattributed: 'warn'};

/** What came in on each day, the latest first, in numbers and as a bar of what became of it. */
export class DaysTable extends LitElement {
  static properties = {days: {attribute: false}};

  static styles = [basics, panels, tables, css`
    :host {
      container-type: inline-size;
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: .1rem 1rem;
      margin: .2rem 0 .6rem;
      color: var(--text-soft);
      font-size: .82rem;
      list-style: none;
    }
    .legend svg {
      width: .75em;
      height: .75em;
      margin-right: .4em;
    }
    .bar {
      width: 26%;
      vertical-align: middle;
    }
    .bar svg {
      display: block;
      width: 100%;
      height: 12px;
    }
    tbody th {
      white-space: nowrap;
    }
    .credited {
      fill: var(--good);
    }
    rect.unattributed {
      fill: var(--arm-2);
    }
    .open {
      fill: var(--arm-1);
    }
    .aside {
      fill: var(--line);
    }
    rect.refused {
      fill: var(--bad);
    }
    @container (max-width: 44rem) {
      ${blocks}
      ${headLine}
      thead td, thead th:first-child {
        display: none;
      }
      .bar {
        grid-column: 1 / -1;
        width: auto;
      }
    }
  `];

  render() {
    const days = this.#days();
    const most = Math.max(1, ...days.map(height));
    return html`<ul class="legend" role="list" aria-label="Colours of the bars">${parts({}).map(({part, name}) =>
        html`<li><svg aria-hidden="true">${svg`<rect class=${part} width="100%" height="100%" rx="2"></rect>`}</svg>${
          name}</li>`)}</ul>
      <table role="table" aria-label="By day, in UTC">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Day</th>
          <td aria-hidden="true"></td>${COLUMNS.map(({name, meaning}) =>
            html`<th role="columnheader" scope="col" class="number"><help-term
              .text=${meaning}>${name}</help-term></th>`)}</tr></thead>
        <tbody role="rowgroup">${repeat(days, (each) => each.day, (each) => this.#row(each, most))}</tbody>
      </table>`;
  }

  /** The raw numbers of every day, as they are shown. */
  table() {
    return {
      columns: ['day (UTC)', ...COLUMNS.map(({name}) => name.toLowerCase())],
      rows: this.#days().map((each) => [each.day, ...COLUMNS.map(({field}) => each[field])]),
    };
  }

  #days = () => this.days.map((each) => ({...each, open: each.waiting + each.unsettled}));

  #row(each, most) {
    return html`<tr role="row"><th role="rowheader" scope="row">${day(each.day)}</th>
      <td class="bar" aria-hidden="true">${this.#bar(each, most)}</td>
      ${COLUMNS.map(({name, field}) => html`<td role="cell" data-label=${name}
        class="number ${each[field] === 0 ? 'zero' : ALARMING[field] ?? ''}">${count(each[field])}</td>`)}</tr>`;
  }

  #bar(each, most) {
    let x = 0;
    return html`<svg>${parts(each).map(({part, number}) => {
      const from = x;
      x += number;
      return svg`<rect class=${part} x="${100 * from / most}%" width="${100 * number / most}%" height="12"></rect>`;
    })}</svg>`;
  }
}

customElements.define('days-table', DaysTable);
