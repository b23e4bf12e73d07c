import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {KeepsFocus} from '../focus.js';
import {partOf} from '../history.js';
import {controlFirst, foremost} from '../order.js';
import {colourNumbers} from '../palette.js';
import {armColours, basics, buttons} from '../styles.js';
import {blocks, headLine, tables} from './table.css.js';
import './arm-name.js';
import './help-term.js';
import './range-mark.js';

/** What is paused stands before the largest share. */
const PAUSED_WEIGHT = 2;
const ROWS_AT_FIRST = 15;

/** As blocks; what the numbers mean stands above them once. */
const narrow = css`
  ${blocks}
  ${headLine}
  tbody tr {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 7.5rem), 1fr));
  }
  :host([columns="few"]) tbody tr {
    grid-template-columns: repeat(3, 1fr);
  }
  .note {
    white-space: normal;
  }
  td.range {
    width: auto;
    min-width: 0;
    padding: 0;
  }
  :host(:not([columns="few"])) td.range {
    grid-column: 1 / -1;
    padding: .2rem 0;
  }
  :host(:not([columns="few"])) td.range::before {
    content: none;
  }
`;

/** Small print below a number. */
export const note = (words) => html`<span class="note">${words}</span>`;

/**
 * What is known of each arm, as a table with an arm in each row, the control first, and as a table of raw numbers.
 *
 * `facts` is a list of what is known, each with the key of its `arm`. `columns` is a list of {name, kind, meaning,
 * cell, raw}: `cell` shows what is known of an arm; `raw` is a list of [name with unit, what the number is]. Where there
 * is too little room for so many columns each row becomes a block.
 */
export class ArmValues extends LitElement {
  static properties = {
    experiment: {attribute: false}, facts: {attribute: false}, columns: {attribute: false}, name: {},
    all: {state: true},
  };

  static styles = [basics, armColours, buttons, tables, css`
    :host {
      container: some / inline-size;
    }
    :host([columns="few"]) {
      container-name: few;
    }
    :host([columns="many"]) {
      container-name: many;
    }
    th, td {
      overflow-wrap: break-word;
    }
    thead th.number {
      white-space: normal;
    }
    tbody th {
      min-width: 7rem;
    }
    .note {
      display: block;
      color: var(--text-soft);
      font-size: .8rem;
      font-weight: 400;
      white-space: nowrap;
    }
    .written {
      color: var(--text);
    }
    .main {
      font-weight: 600;
    }
    td.quiet {
      color: var(--text-soft);
      font-size: .85rem;
    }
    td.range {
      width: 22%;
      min-width: 7rem;
      padding-left: 1rem;
    }
    th.range {
      padding-left: 1rem;
    }
    .bar {
      display: block;
      width: 100%;
      min-width: 5rem;
      height: 6px;
      margin-top: .45rem;
    }
    .bar .rest {
      fill: var(--raised);
    }
    .bar .part {
      fill: currentColor;
    }
    button {
      margin-top: .5rem;
    }
    @container many (max-width: 64rem) {
      ${narrow}
    }
    @container some (max-width: 42rem) {
      ${narrow}
    }
    @container few (max-width: 26rem) {
      ${narrow}
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('table'));
  }

  willUpdate() {
    const {length} = this.columns;
    this.setAttribute('columns', length <= 3 ? 'few' : length <= 5 ? 'some' : 'many');
  }

  render() {
    const known = this.#known();
    const colours = colourNumbers(this.experiment.arms);
    const arms = controlFirst(this.experiment.arms).filter(({key}) => known.has(key));
    const weights = Object.fromEntries(arms.map(({key, status}) =>
      [key, status === 'paused' ? PAUSED_WEIGHT : partOf(known.get(key)) ?? 0]));
    const shown = this.all ? arms : foremost(arms, weights, ROWS_AT_FIRST);
    return html`<table role="table" tabindex="-1" aria-label=${this.name}>
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Arm</th>
          ${this.columns.map(({name, kind, meaning}) => html`<th role="columnheader" scope="col"
            class=${kind}><help-term .text=${meaning}>${name}</help-term></th>`)}</tr></thead>
        <tbody role="rowgroup">${repeat(shown, ({key}) => key, (arm) =>
          this.#row(arm, known.get(arm.key), colours.get(arm.key)))}</tbody>
      </table>
      ${shown.length < arms.length ? html`<button class="plain" type="button"
        @click=${() => { this.all = true; }}>Show all ${arms.length} arms</button>` : nothing}`;
  }

  /** The raw numbers of every arm. */
  table() {
    const known = this.#known();
    const raw = this.columns.flatMap((column) => column.raw ?? []);
    return {
      columns: ['arm', ...raw.map(([name]) => name)],
      rows: controlFirst(this.experiment.arms).filter(({key}) => known.has(key))
        .map(({key}) => [key, ...raw.map(([, value]) => value(known.get(key)) ?? null)]),
    };
  }

  #known = () => new Map(this.facts.map((fact) => [fact.arm, fact]));

  #row(arm, fact, colour) {
    const tag = arm.control ? 'Control' : arm.status === 'paused' ? 'Paused' : '';
    return html`<tr role="row">
      <th role="rowheader" scope="row"><arm-name arm=${arm.key} colour=${colour} tag=${tag}></arm-name></th>
      ${this.columns.map(({name, kind, cell}) => html`<td role="cell" data-label=${name}
        class="${kind} ${kind.includes('range') ? `arm-${colour}` : ''}">${cell(fact)}</td>`)}</tr>`;
  }
}

customElements.define('arm-values', ArmValues);
