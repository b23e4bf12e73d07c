import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {NONE, count, sentence} from '../format.js';
import {sourceAddress} from '../route.js';
import {SOURCE_MEANINGS, SOURCE_STATES} from '../source-words.js';
import {UNKNOWN, kindName, lagInFull, lagWords, nameOf, total} from '../sources.js';
import {basics} from '../styles.js';
import './concern-marks.js';
import './help-term.js';
import './source-badge.js';
import {blocks, tables} from './table.css.js';
import './time-since.js';

const number = (name, meaning, read) => ({
  name, meaning, kind: 'number', raw: [[name.toLowerCase(), read]],
  cell: (row) => html`<span class=${read(row) === 0 ? 'zero' : ''}>${count(read(row))}</span>`,
});

const COLUMNS = [
  number('Deliveries', SOURCE_MEANINGS.deliveries, ({deliveries}) => deliveries),
  number('Accepted', SOURCE_MEANINGS.accepted, ({accepted}) => accepted),
  number('Duplicate', SOURCE_MEANINGS.duplicates, ({duplicates}) => duplicates),
  number('Ignored', SOURCE_MEANINGS.ignored, ({ignored}) => total(ignored)),
  number('Refused', SOURCE_MEANINGS.refused, ({refused}) => total(refused)),
  number('Attributed', SOURCE_MEANINGS.attributed, ({attributed}) => attributed),
  number('Not attributed', SOURCE_MEANINGS.unattributed, ({unattributed}) => total(unattributed)),
  number('Waiting', SOURCE_MEANINGS.waiting, ({waiting}) => waiting),
  {name: 'Last received', meaning: SOURCE_MEANINGS.last, kind: 'last', raw: [
    ['not settled yet', ({unsettled}) => unsettled], ['last received (UTC)', ({lastReceivedAt}) => lastReceivedAt],
  ], cell: ({lastReceivedAt}) => (lastReceivedAt
    ? html`<time-since at=${Date.parse(lastReceivedAt)}></time-since> ago` : 'nothing came')},
  {name: 'Lag', meaning: SOURCE_MEANINGS.lag, kind: 'lag', raw: [['half within (s)', 'p50'], ['95% within (s)', 'p95'],
    ['all within (s)', 'max']].map(([name, part]) => [`lag: ${name}`, ({lag}) => lag?.[part]]), cell: ({lag}) => (lag
    ? html`<help-term .text=${lagInFull(lag)}>${lagWords(lag)}</help-term>` : NONE)},
];

/** Sources with what came from each and what became of it: `rows` are standings of sources.js. */
export class SourcesTable extends LitElement {
  static properties = {rows: {attribute: false}};

  static styles = [basics, tables, css`
    :host {
      container-type: inline-size;
    }
    tbody th {
      min-width: 13rem;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .1rem .6rem;
    }
    .name {
      font-weight: 600;
    }
    .kind {
      max-width: 28rem;
      color: var(--text-soft);
      font-size: .82rem;
    }
    concern-marks {
      margin: .25rem 0;
    }
    .last {
      white-space: nowrap;
    }
    .lag {
      min-width: 6.5rem;
    }
    @container (max-width: 70rem) {
      ${blocks}
      thead {
        display: block;
        padding-bottom: .6rem;
      }
      thead tr {
        display: flex;
        flex-wrap: wrap;
        gap: .1rem .9rem;
      }
      thead th:first-child {
        display: none;
      }
      .lag {
        grid-column: span 2;
        min-width: 0;
      }
      .last {
        white-space: normal;
      }
    }
  `];

  render() {
    return html`<table role="table" aria-label="Sources">
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Source</th>
        ${COLUMNS.map(({name, kind, meaning}) => html`<th role="columnheader" scope="col" class=${kind}><help-term
          .text=${meaning}>${name}</help-term></th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(this.rows, ({source}) => source, (row) => this.#row(row))}</tbody>
    </table>`;
  }

  /** The raw numbers of every source. */
  table() {
    const raw = COLUMNS.flatMap((column) => column.raw);
    return {
      columns: ['source', 'platform', 'state', ...raw.map(([name]) => name), 'what to look at'],
      rows: this.rows.map((row) => [nameOf(row.source), kindName(row), SOURCE_STATES[row.state].word,
        ...raw.map(([, value]) => value(row)), row.concerns.map(({text}) => text).join('; ')]),
    };
  }

  #row(row) {
    return html`<tr role="row">
      <th role="rowheader" scope="row"><div class="head"><span class="name">${row.source === UNKNOWN
        ? nameOf(row.source) : html`<a href=${sourceAddress(row.source)}>${row.source}</a>`}</span><source-badge
          state=${row.state}></source-badge></div>
        <div class="kind">${kindName(row)}</div>
        ${row.source === UNKNOWN ? row.refused.map(({fix}) => html`<div class="kind">What to fix:
          ${sentence(fix)}</div>`) : nothing}
        <concern-marks .concerns=${row.concerns}></concern-marks></th>
      ${COLUMNS.map(({name, kind, cell}) => html`<td role="cell" class=${kind ?? nothing} data-label=${name}>${
        cell(row)}</td>`)}
    </tr>`;
  }
}

customElements.define('sources-table', SourcesTable);
