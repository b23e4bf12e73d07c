import {LitElement, css, html, nothing} from 'lit';
import {Poll} from '../poll.js';
import {SOURCES} from '../route.js';
import * as api from '../source-api.js';
import {API, carried, heardOf, kindName, spanWord, standing, total} from '../sources.js';
import {basics, buttons, heads, panels} from '../styles.js';
import './concern-marks.js';
import './days-table.js';
import './dry-run-form.js';
import './export-menu.js';
import './period-choice.js';
import './poll-status.js';
import './refusals-table.js';
import './settle-form.js';
import './source-badge.js';
import './source-facts.js';
import './source-reasons.js';
import './source-secrets.js';
import './source-setup.js';

const NOT_FOUND = 404;
const REPLAYING_MILLIS = 1_000;
const READING_MILLIS = 5_000;

/**
 * One source: what came in, what became of it, what to fix, and how it is set up. Another source needs a page of its
 * own: what stands in the forms of this one belongs to this source.
 */
export class SourcePage extends LitElement {
  static properties = {key: {attribute: false}, days: {type: Number}};

  static styles = [basics, buttons, heads, panels, css`
    nav {
      margin-bottom: .6rem;
      font-size: .92rem;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem .9rem;
      margin-bottom: 1rem;
    }
    period-choice {
      margin-left: auto;
    }
    .kind {
      color: var(--text-soft);
    }
    .all, .column {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      align-content: start;
      gap: 1rem;
    }
    source-facts {
      display: block;
    }
    @media (max-width: 40rem) {
      period-choice {
        margin: .3rem 0 0;
      }
    }
    @media (min-width: 70rem) {
      .all {
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
      }
      .facts {
        grid-column: 1 / -1;
      }
    }
  `];

  #poll = new Poll(this, () => this.#read());

  willUpdate(changed) {
    if (changed.get('days')) this.#poll.again();
  }

  render() {
    const {data, failure, at} = this.#poll;
    return html`<nav aria-label="Breadcrumb"><a href=${SOURCES}>← All sources</a></nav>
      ${data?.row === null ? this.#missing() : html`<header>
        <h1 tabindex="-1">${this.key}</h1>
        ${data ? html`<span class="kind">${kindName(data.row)}</span>
          <source-badge state=${data.row.state}></source-badge>
          <concern-marks .concerns=${data.row.concerns}></concern-marks>` : nothing}
        <period-choice days=${this.days}></period-choice>
      </header>`}
      <poll-status .failure=${failure} .at=${at} @again-wanted=${this.#again}></poll-status>
      ${data?.row ? this.#found(data) : data || failure ? nothing
        : html`<p class="aside" aria-busy="true">Loading the source…</p>`}`;
  }

  #found({row, replays}) {
    const {setUp, byDay = [], refusals = []} = row;
    return html`<div class="all" @source-changed=${this.#again}>
      <section class="panel facts" aria-label="Numbers"><source-facts .row=${row}></source-facts>
        ${row.deliveries > 0 ? html`<p class="aside number">${carried(row)}</p>` : nothing}</section>
      <div class="column">
        <source-reasons class="panel" .row=${row}></source-reasons>
        <section class="panel"><div class="head"><h2>By day</h2><export-menu of=${this.key}
            subject="by-day-${spanWord(this.days)}" ?hidden=${byDay.length === 0}
            .table=${() => this.#table()}></export-menu></div>
          <p class="aside">By the day of arrival in UTC, the latest first. What was accepted is what was attributed,
            what was not, and what is still open.</p>
          ${byDay.length === 0 ? html`<p class="aside">Nothing came in.</p>`
            : html`<days-table .days=${[...byDay].sort((a, b) => b.day.localeCompare(a.day))}></days-table>`}</section>
        <section class="panel"><h2>Recent refusals</h2>
          ${refusals.length === 0 ? html`<p>${total(row.refused) > 0 ? 'None was kept as a sample.' : 'None.'}</p>`
            : html`<p>A sample of the latest, whatever days are chosen. Bodies are not kept.</p>
              <refusals-table .refusals=${refusals}></refusals-table>`}</section>
      </div>
      <div class="column">${setUp ? html`
        <source-setup class="panel" .source=${setUp} @source-changed=${this.#again}></source-setup>
        <source-secrets class="panel" .source=${setUp} @source-changed=${this.#again}></source-secrets>
        <dry-run-form class="panel" .source=${setUp}></dry-run-form>` : nothing}
        <settle-form class="panel" .source=${this.key} .replays=${replays} @source-changed=${this.#again}></settle-form>
      </div></div>`;
  }

  #missing() {
    return html`<header><h1 tabindex="-1">No such source</h1></header>
      <article class="panel"><p>There is no source with the name <code>${this.key}</code>. It may have been deleted, or
        the address may have a typing error.</p></article>`;
  }

  #table() {
    const {columns, rows} = this.renderRoot.querySelector('days-table').table();
    return {columns: ['source', ...columns], rows: rows.map((row) => [this.key, ...row])};
  }

  #again() {
    this.#poll.again();
  }

  /** A source that is neither set up nor known to reconciliation has the row null. */
  async #read() {
    const [sources, summary, replays] = await Promise.all([
      api.sources(),
      api.reconciliationOf(this.key, this.days).catch((failure) => {
        if (failure.status === NOT_FOUND) return null;
        throw failure;
      }),
      api.replays().catch(() => null),
    ]);
    const own = replays?.filter(({source}) => source === this.key);
    this.#poll.everyMillis = own?.some(({finishedAt}) => !finishedAt) ? REPLAYING_MILLIS : READING_MILLIS;
    const setUp = sources.find(({key}) => key === this.key);
    const row = standing(summary ?? {source: this.key}, setUp);
    return {row: setUp || this.key === API || heardOf(row) ? row : null, replays: own};
  }
}

customElements.define('source-page', SourcePage);
