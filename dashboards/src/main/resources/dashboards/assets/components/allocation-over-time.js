import {LitElement, css, html, nothing} from 'lit';
import {AllocationReading} from '../allocation-reading.js';
import {serverNow} from '../clock.js';
import {clockTime} from '../format.js';
import {controlFirst} from '../order.js';
import {PERIODS, from, looked, moved, noted} from '../periods.js';
import {remember} from '../route.js';
import {ServedSpan} from '../served-span.js';
import {basics, buttons, notices} from '../styles.js';
import {whole} from '../whole-history.js';
import './allocation-chart.js';
import './allocation-history.js';
import './choice-row.js';
import './export-menu.js';
import './share-link.js';

/** The allocation over the part of its time that is chosen in the address or here: chart, table and files. */
export class AllocationOverTime extends LitElement {
  static properties = {
    entry: {attribute: false}, heard: {attribute: false}, params: {attribute: false}, at: {state: true},
  };

  static styles = [basics, buttons, notices, css`
    :host {
      --chart-height: 340px;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .5rem;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .4rem .8rem;
    }
    .steps {
      display: flex;
      align-items: center;
      gap: .3rem;
    }
    button.plain {
      min-height: 1.8rem;
      padding: .1rem .6rem;
      font-size: .87rem;
    }
    .shown {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .files {
      display: flex;
      flex-wrap: wrap;
      gap: .3rem .8rem;
      margin-left: auto;
    }
    .empty {
      display: grid;
      place-content: center;
      min-height: var(--chart-height);
      border: 1px dashed var(--line-strong);
      border-radius: 6px;
      color: var(--text-soft);
    }
  `];

  #reading = new AllocationReading(this);
  #served = new ServedSpan(this);
  /** What was read last, as a word that differs where it has to be read anew. */
  #read = '';

  willUpdate(changed) {
    if (changed.has('params')) this.at = looked(this.params);
    const {experiment, snapshot} = this.entry;
    const over = experiment.state === 'running' ? '' : this.#last();
    if (over !== '') this.#served.ask(this.entry);
    const wanted = [experiment.key, experiment.createdAt, this.at.period, this.at.until, over].join(' ');
    if (wanted !== this.#read) {
      this.#read = wanted;
      this.#reading.read(...this.#asked());
    } else if (changed.get('heard') && !this.heard) {
      this.#reading.again(...this.#asked());
    }
    if (changed.has('entry') && snapshot && this.at.until === null) this.#reading.hear(snapshot, this.#from());
  }

  render() {
    const {experiment} = this.entry;
    const points = this.#reading.points(this.#from());
    return html`<div class="bar">
        <choice-row legend="Time shown" .choices=${PERIODS} .value=${this.at.period}
          @chosen=${({detail}) => this.#look({period: detail, until: null})}></choice-row>
        ${this.at.period === 'all' ? nothing : this.#steps()}
        <div class="files"><export-menu of=${experiment.key} subject="allocation"
          .table=${() => this.#table()} .image=${() => this.renderRoot.querySelector('allocation-chart').image()}
          ?hidden=${points.length === 0}></export-menu><share-link></share-link></div>
      </div>
      ${this.#reading.state === 'failed' ? html`<p class="notice warn" role="alert">${points.length === 0
        ? 'The allocation over time could not be read.' : 'Newer values could not be read.'} Trying again every few
        seconds.</p>` : nothing}
      ${points.length === 0 ? this.#empty() : html`<allocation-chart .experiment=${experiment} .points=${points}
          .heard=${this.heard} .until=${this.at.until}></allocation-chart>
        <allocation-history .experiment=${experiment} .points=${points}></allocation-history>`}`;
  }

  /** Only who has read it knows that nothing was served. */
  #empty() {
    const {state} = this.#reading;
    if (state === 'failed') return nothing;
    return html`<div class="empty" aria-busy=${state === 'loading'}>${state === 'loading' ? 'Loading the allocation…'
      : this.at.until === null ? 'Nothing to draw yet: no allocation has been served.'
        : 'No allocation was served at that time.'}</div>`;
  }

  /** One period before, and after as far as there is one. */
  #steps() {
    const end = this.#end();
    const start = this.#from();
    const earliest = Date.parse(this.entry.experiment.createdAt);
    return html`<span class="steps">
      <button class="plain" type="button" ?disabled=${start <= earliest}
        @click=${() => this.#look(moved(this.at, -1, this.#last()))}>← Earlier</button>
      <button class="plain" type="button" ?disabled=${this.at.until === null}
        @click=${() => this.#look(moved(this.at, 1, this.#last()))}>Later →</button></span>
      <span class="shown number" role="status">${this.at.until === null ? nothing
        : `${clockTime(Math.max(start, earliest))} to ${clockTime(end)}`}</span>`;
  }

  /** Up to when there is something to see: now, or when the last allocation was served. */
  #last() {
    const {experiment, snapshot} = this.entry;
    return experiment.state === 'running' || !snapshot ? serverNow() : this.#served.to ?? Date.parse(snapshot.at);
  }

  #end = () => this.at.until ?? this.#last();

  #from = () => from(this.at, this.#end());

  #asked = () => [this.entry.experiment.key, this.#from(), this.at.until];

  #look(at) {
    this.at = at;
    remember(noted(at));
  }

  /** All that was served in the time shown, not only what can be told apart in the chart. */
  async #table() {
    const {experiment} = this.entry;
    const arms = controlFirst(experiment.arms);
    const start = this.#from() ?? Date.parse(experiment.createdAt);
    // The server's times are finer than ours: the last allocation is within this millisecond, not at its beginning.
    const {points, total} = await whole(experiment.key, start, this.at.until ?? this.#end() + 1);
    const before = this.#reading.points(this.#from()).slice(0, 1).filter(({at}) => at < (points[0]?.at ?? Infinity));
    return {
      columns: ['from (UTC)', 'version', ...arms.map(({key}) => `share of ${key} (fraction)`)],
      rows: [...before, ...points].map(({at, version, shares}) =>
        [new Date(at).toISOString(), version, ...arms.map(({key}) => shares[key] ?? 0)]),
      note: points.length < total ? `${points.length} of ${total} allocations, evenly chosen` : null,
    };
  }
}

customElements.define('allocation-over-time', AllocationOverTime);
