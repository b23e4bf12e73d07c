import {LitElement, html} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import * as api from '../api.js';
import {Poll} from '../poll.js';
import {DAYS, POINTS, followed, read} from '../sparks.js';
import {basics} from '../styles.js';
import {OVERVIEW_MEANINGS} from '../words.js';
import './experiment-row.js';
import {columns, listStyles} from './experiment-rows.css.js';
import './help-term.js';

/** Rarely: what happens meanwhile is followed live. */
const READ_EVERY_MILLIS = 600_000;

const COLUMNS = [
  ['Experiment', null], ['State', null], [`Last ${DAYS} days`, 'spark'], ['Leader', 'leader'],
  ['Against control', 'lift'], ['Shown to', 'units'], ['Earned', 'earned'], ['Updated', 'updated'],
];

/**
 * Experiments in rows: `rows` of overview.js. The pictures of their allocation are read once and then follow the
 * snapshots of all `entries`, also of those that have no row at present. Where there is little room each row is a card.
 */
export class ExperimentRows extends LitElement {
  static properties = {rows: {attribute: false}, entries: {attribute: false}};

  static styles = [basics, columns, listStyles];

  /** Points of each experiment as far as they were followed, by key: {createdAt, snapshot, points}. */
  #followed = new Map();
  #sparks = new Poll(this, async () => {
    const sparks = read(await api.sparks(DAYS, POINTS));
    this.#followed.clear();
    return sparks;
  });

  constructor() {
    super();
    this.#sparks.everyMillis = READ_EVERY_MILLIS;
  }

  willUpdate() {
    for (const [key, entry] of this.entries) this.#points(key, entry);
  }

  render() {
    return html`<div role="table" aria-label="Experiments" aria-rowcount=${this.rows.length + 1}>
      <div role="rowgroup" class="head"><div role="row">${COLUMNS.map(([name, meaning]) => html`<div role="columnheader"
        >${meaning ? html`<help-term .text=${OVERVIEW_MEANINGS[meaning]}>${name}</help-term>` : name}</div>`)}</div></div>
      <div role="rowgroup" class="body">${repeat(this.rows, ({key}) => key, (row) => html`<experiment-row role="row"
        .row=${row} .points=${this.#points(row.key, row.entry)}></experiment-row>`)}</div></div>`;
  }

  /** What the server had, and what came since. A new experiment under an old key starts anew. */
  #points(key, {experiment, snapshot}) {
    const {data, failure} = this.#sparks;
    if (!snapshot || (!data && !failure)) return null;
    const known = this.#followed.get(key);
    const same = known?.createdAt === experiment.createdAt;
    if (same && known.snapshot === snapshot) return known.points;
    const points = followed(same ? known.points : known ? [] : data?.get(key) ?? [], snapshot);
    this.#followed.set(key, {createdAt: experiment.createdAt, snapshot, points});
    return points;
  }
}

customElements.define('experiment-rows', ExperimentRows);
