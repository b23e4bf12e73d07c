import {LitElement, css, html, nothing} from 'lit';
import {day} from '../format.js';
import {Poll} from '../poll.js';
import {held} from '../secrets-shown.js';
import * as api from '../source-api.js';
import {MARK_MEANING} from '../source-words.js';
import {heardOf, spanWord, standings} from '../sources.js';
import {basics, buttons, heads, panels} from '../styles.js';
import './export-menu.js';
import './first-source.js';
import './help-term.js';
import './period-choice.js';
import './poll-status.js';
import './source-form.js';
import './sources-table.js';

/** Every source, the worst first, and how to add one. */
export class SourcesPage extends LitElement {
  static properties = {days: {type: Number}, adding: {state: true}};

  static styles = [basics, buttons, heads, panels, css`
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .5rem 1rem;
      margin-bottom: 1rem;
    }
    h1 {
      flex: 1 1 auto;
    }
    source-form, first-source {
      margin-bottom: 1rem;
    }
  `];

  #poll = new Poll(this, () => this.#read());

  constructor() {
    super();
    this.adding = held('') !== null;
  }

  willUpdate(changed) {
    if (changed.get('days')) this.#poll.again();
  }

  render() {
    const {data, failure, at} = this.#poll;
    return html`<header>
        <h1 tabindex="-1">Sources</h1>
        <period-choice days=${this.days}></period-choice>
        <button class="plain add" type="button" aria-expanded=${Boolean(this.adding)}
          @click=${this.#toggle}>${this.adding ? 'Close the form' : 'Add a source…'}</button>
      </header>
      <poll-status .failure=${failure} .at=${at} @again-wanted=${() => this.#poll.again()}></poll-status>
      ${this.adding ? html`<source-form class="panel" @source-added=${() => this.#poll.again()}
        @form-closed=${this.#close}></source-form>` : nothing}
      ${data ? this.#found(data) : failure ? nothing : html`<p class="aside" aria-busy="true">Loading the
        sources…</p>`}`;
  }

  #found({sources, counted}) {
    const rows = standings(sources, counted.sources).filter((row) => row.setUp || heardOf(row));
    return html`${sources.length === 0 && !this.adding ? html`<first-source></first-source>` : nothing}
      ${rows.length === 0 ? nothing : html`<section class="panel" aria-label="All sources">
        <div class="head"><p class="aside">What came in ${counted.from === counted.to ? `on ${day(counted.to)}`
          : `from ${day(counted.from)} to ${day(counted.to)}`} (UTC), and what became of it. <help-term
          .text=${MARK_MEANING}>The worst first.</help-term></p>
          <export-menu subject="sources-${spanWord(this.days)}"
            .table=${() => this.#table(counted)}></export-menu></div>
        <sources-table .rows=${rows}></sources-table></section>`}`;
  }

  #table({from, to}) {
    const {columns, rows} = this.renderRoot.querySelector('sources-table').table();
    return {columns: ['from (UTC)', 'to (UTC)', ...columns], rows: rows.map((row) => [from, to, ...row])};
  }

  /** While a secret is made, or shown for the only time, the form stays: what it says there comes first. */
  #toggle() {
    const form = this.renderRoot.querySelector('source-form');
    if (form?.unfinished) form.renderRoot.querySelector('secret-once')?.scrollIntoView({block: 'center'});
    else this.adding = !this.adding;
  }

  async #close() {
    this.adding = false;
    await this.updateComplete;
    this.renderRoot.querySelector('.add').focus();
  }

  async #read() {
    const [sources, counted] = await Promise.all([api.sources(), api.reconciliation(this.days)]);
    return {sources, counted};
  }
}

customElements.define('sources-page', SourcesPage);
