import {LitElement, css, html, nothing} from 'lit';
import {expected, roughly, widthWords} from '../feed-option.js';
import {capital, clockTime, count, money} from '../format.js';
import {basics} from '../styles.js';
import {feedMeanings, units} from '../words.js';
import './help-term.js';
import {tables} from './table.css.js';

/** The numbers of the feed's chart as a table, newest first. */
export class FeedTable extends LitElement {
  static properties = {feed: {attribute: false}, perMinute: {attribute: false}, experiment: {attribute: false},
    open: {state: true}};

  static styles = [basics, tables, css`
    summary {
      width: fit-content;
      color: var(--text-soft);
      font-size: .9rem;
      cursor: pointer;
    }
    .scroll {
      max-height: 20rem;
      margin-top: .4rem;
      overflow: auto;
    }
  `];

  render() {
    return html`<details @toggle=${(event) => { this.open = event.target.open; }}>
      <summary>Chart as a table</summary>${this.open ? this.#table() : nothing}</details>`;
  }

  /** The raw numbers, oldest first; the last bin may be filling still. */
  table() {
    const {feed, experiment} = this;
    const {currency} = experiment.objective;
    const line = expected(feed, this.perMinute);
    return {
      columns: ['from (UTC)', 'to (UTC)', units(experiment), 'conversions', 'conversions expected of a full row',
        ...(currency ? [`earned, less refunds (${currency})`] : [])],
      rows: feed.bins.map(({at, units: shown, conversions, value}, place) => [at, feed.bins[place + 1]?.at ?? feed.to,
        shown, conversions, line, ...(currency ? [Number(value ?? NaN)] : [])]),
    };
  }

  #table() {
    const {feed, experiment} = this;
    const {currency} = experiment.objective;
    const line = expected(feed, this.perMinute);
    const say = feedMeanings(experiment);
    const head = (name, meaning) => html`<th scope="col" class="number"><help-term
      .text=${meaning}>${name}</help-term></th>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Conversions over time"><table>
      <caption class="aside">Per ${widthWords(feed.width)}, newest first${line === null ? ''
        : `; about ${roughly(line)} conversions expected`}</caption>
      <thead><tr><th scope="col">From</th>${head(capital(units(experiment)), say.units)}
        ${head('Conversions', say.conversions)}${currency ? head('Earned', say.earned) : nothing}</tr></thead>
      <tbody>${[...feed.bins].reverse().map(({at, units: shown, conversions, value}) => html`<tr>
        <th scope="row">${clockTime(Date.parse(at))}</th><td class="number">${count(shown)}</td>
        <td class="number">${count(conversions)}</td>${currency
          ? html`<td class="number">${money(value, currency)}</td>` : nothing}</tr>`)}</tbody></table></div>`;
  }
}

customElements.define('feed-table', FeedTable);
