import {LitElement, css, html} from 'lit';
import {KeepsFocus} from '../focus.js';
import {clockTime} from '../format.js';
import {chosen, counts, row, settings, tally} from '../overview.js';
import {subject, table} from '../overview-table.js';
import {Poll} from '../poll.js';
import {NEW, remember} from '../route.js';
import * as sourceApi from '../source-api.js';
import {basics, buttons, panels} from '../styles.js';
import {calm, ofExperiments, ofSources, together} from '../troubles.js';
import './experiment-rows.js';
import './export-menu.js';
import './overview-filter.js';
import './trouble-strip.js';

const SOURCES_EVERY_MILLIS = 30_000;

/** All experiments: what is wrong anywhere first, then a list that can be searched. */
export class ExperimentOverview extends LitElement {
  static properties = {
    entries: {attribute: false}, params: {attribute: false}, heard: {attribute: false}, control: {type: Boolean},
    set: {state: true},
  };

  static styles = [basics, buttons, panels, css`
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem 1rem;
    }
    .tally {
      flex: 1 1 12rem;
      color: var(--text-soft);
    }
    .new {
      padding: .35rem .9rem;
      border-radius: 6px;
      background: var(--link);
      color: var(--surface);
      font-weight: 600;
      text-decoration: none;
    }
    trouble-strip, overview-filter {
      margin-top: .9rem;
    }
    .panel {
      margin-top: .8rem;
    }
    .none {
      padding: 1rem 0;
      text-align: center;
    }
  `];

  #sources = new Poll(this, () => this.#readSources());

  constructor() {
    super();
    new KeepsFocus(this);
    this.#sources.everyMillis = SOURCES_EVERY_MILLIS;
  }

  willUpdate(changed) {
    if (changed.has('params')) this.set = settings(this.params);
  }

  render() {
    const rows = [...this.entries.values()].map(row);
    const shown = chosen(rows, this.set);
    const {data} = this.#sources;
    const stale = this.heard ? clockTime(this.heard) : null;
    return html`<header>
        <h1 tabindex="-1">Experiments</h1>
        <p class="tally">${tally(rows).join(' · ')}</p>
        <export-menu subject=${subject(this.set)} ?hidden=${shown.length === 0}
          .table=${() => table(shown, rows.length)}></export-menu>
        <a class="new" href=${NEW}>New experiment</a>
      </header>
      <trouble-strip .troubles=${together(ofExperiments(rows), data ? ofSources(data) : [])}
        .calm=${calm(this.#sources, this.control, stale)}></trouble-strip>
      <overview-filter .set=${this.set} .counts=${counts(rows)} .shown=${shown.length}
        @filter-changed=${this.#filter}></overview-filter>
      <section class="panel" aria-label="List of experiments">${shown.length > 0
        ? html`<experiment-rows .rows=${shown} .entries=${this.entries}></experiment-rows>` : this.#none()}</section>`;
  }

  #none() {
    return html`<p class="none" role="status">No experiment is like that.
      <button class="plain" type="button" @click=${() => this.#set({state: '', q: ''})}>Show all</button></p>`;
  }

  #filter(event) {
    this.#set(event.detail);
  }

  #set(changes) {
    this.set = {...this.set, ...changes};
    const {state, q, sort} = this.set;
    remember({state, q, sort: sort === 'alarms' ? '' : sort});
  }

  async #readSources() {
    const [sources, counted] = await Promise.all([sourceApi.sources(), sourceApi.reconciliation(1)]);
    return {sources, counted};
  }
}

customElements.define('experiment-overview', ExperimentOverview);
