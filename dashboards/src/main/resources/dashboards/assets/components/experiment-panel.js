import {LitElement, css, html, nothing} from 'lit';
import {enumerated} from '../format.js';
import {phase} from '../learning.js';
import {concerns} from '../order.js';
import {learns, policy, policyMeaning} from '../policies.js';
import {ownSegments} from '../shapes.js';
import {basics, buttons, notices} from '../styles.js';
import {meanings, stateMeaning, units} from '../words.js';
import './alarm-list.js';
import './allocation-chart.js';
import './allocation-history.js';
import './arms-table.js';
import './experiment-facts.js';
import './experiment-rules.js';
import './guard-rails.js';
import './help-term.js';
import './segment-tables.js';
import './time-since.js';

/**
 * Everything live about one experiment below its name: facts, what is wrong, chart, arms. The card of the overview and
 * the experiment's own page differ in size only.
 *
 * @fires history-wanted   once it can be seen; `detail` is the experiment's key
 */
export class ExperimentPanel extends LitElement {
  static properties = {entry: {attribute: false}, heard: {attribute: false}, full: {type: Boolean, reflect: true}};

  static styles = [basics, buttons, notices, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .8rem;
    }
    :host([full]) {
      --chart-height: 340px;
      gap: 1.2rem;
    }
    .empty {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: .5rem;
      min-height: 6rem;
      padding: .5rem;
      border: 1px dashed var(--line-strong);
      border-radius: 6px;
      color: var(--text-soft);
      text-align: center;
    }
    .chart {
      position: relative;
    }
    .failed {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .4rem;
      margin-bottom: .4rem;
    }
    .aside {
      color: var(--text-soft);
      font-size: .87rem;
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      gap: .2rem 1.2rem;
      color: var(--text-soft);
      font-size: .87rem;
    }
  `];

  #seen = null;

  connectedCallback() {
    super.connectedCallback();
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#wantHistory();
    }, {rootMargin: '200px'});
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#seen.disconnect();
  }

  render() {
    const {experiment, snapshot} = this.entry;
    return html`
      <experiment-facts .entry=${this.entry} ?full=${this.full}></experiment-facts>
      ${this.full && snapshot?.guard.frozen ? html`<p class="notice bad"><strong>Learning is frozen:</strong> nothing
        that comes in moves traffic until the numbers can be right again, or somebody thaws it.</p>` : nothing}
      <alarm-list .entry=${this.entry} ?full=${this.full}></alarm-list>
      ${concerns(this.entry).map(({sentence, meaning}) => html`<p class="notice warn">${sentence} ${meaning
        ? html`<help-term .text=${meaning}>What this means</help-term>` : nothing}</p>`)}
      ${this.#state(experiment, snapshot)}
      ${this.#scope(experiment, snapshot)}
      ${snapshot || experiment.state !== 'draft' ? this.#chart() : nothing}
      <arms-table .experiment=${experiment} .snapshot=${snapshot} ?compact=${!this.full} ?acting=${this.full}
        most=${this.full ? nothing : 10}></arms-table>
      ${snapshot ? this.#footer(experiment, snapshot) : nothing}
      ${this.full && snapshot && experiment.state !== 'draft'
        ? html`<guard-rails .experiment=${experiment} .snapshot=${snapshot}></guard-rails>` : nothing}
      ${this.full && snapshot?.segments.length > 0
        ? html`<segment-tables .experiment=${experiment} .snapshot=${snapshot}></segment-tables>` : nothing}
      ${this.full ? html`<experiment-rules .experiment=${experiment}></experiment-rules>` : nothing}`;
  }

  /** What is going on, where it is not the usual learning. */
  #state(experiment, snapshot) {
    if (experiment.state !== 'running') return html`<p class="notice">${stateMeaning(experiment)}</p>`;
    if (snapshot?.phase !== 'warming-up' || !learns(experiment)) return nothing;
    const {value, meaning} = phase(experiment, snapshot);
    return html`<p class="notice"><help-term .text=${meaning}>${value}</help-term>: all arms share equally until each
      has been heard of.</p>`;
  }

  /** Whose shares chart and table show. */
  #scope(experiment, snapshot) {
    const own = snapshot ? ownSegments(snapshot).map(({segment}) => segment) : [];
    return own.length === 0 ? nothing : html`<p class="aside">By ${experiment.segments?.attribute ?? 'segment'},
      ${enumerated(own)} ${own.length === 1 ? 'has' : 'have'} shares of ${own.length === 1 ? 'its' : 'their'}
      own${this.full ? ', shown below' : nothing}. The shares here are those of all other ${units(experiment)}; the
      counts are those of everybody.</p>`;
  }

  #chart() {
    const {experiment, history} = this.entry;
    if (history === null || (history.state === 'loading' && history.points.length === 0)) {
      return html`<div class="empty" aria-busy="true">Loading the history…</div>`;
    }
    const failed = history.state === 'failed' ? html`<p class="notice warn failed"><span>Earlier values could not be
      read; what is drawn starts when you opened this page.</span>
      <button class="plain" type="button" @click=${this.#wantHistory}>Try again</button></p>` : nothing;
    return history.points.length === 0
      ? html`<div>${failed}<div class="empty">Nothing to draw yet: no allocation has been served.</div></div>`
      : html`<div class="chart">${failed}<allocation-chart .experiment=${experiment}
          .points=${history.points} .heard=${this.heard}></allocation-chart>
          <allocation-history .experiment=${experiment} .points=${history.points}></allocation-history></div>`;
  }

  #footer(experiment, snapshot) {
    const say = meanings(experiment);
    return html`<footer class="number">
      <help-term .text=${say.updated}>updated <time-since at=${Date.parse(snapshot.at)}></time-since> ago</help-term>
      <help-term .text=${say.version}>version ${snapshot.version}</help-term>
      ${this.full ? nothing
        : html`<help-term .text=${policyMeaning(experiment)}>${policy(experiment)}</help-term>`}
    </footer>`;
  }

  #wantHistory() {
    this.dispatchEvent(new CustomEvent('history-wanted',
      {detail: this.entry.experiment.key, bubbles: true, composed: true}));
  }
}

customElements.define('experiment-panel', ExperimentPanel);
