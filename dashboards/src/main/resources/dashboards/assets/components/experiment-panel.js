import {LitElement, css, html, nothing} from 'lit';
import {enumerated} from '../format.js';
import {phase} from '../learning.js';
import {concerns} from '../order.js';
import {armsFile} from '../live-files.js';
import {learns} from '../policies.js';
import {ownSegments} from '../shapes.js';
import {basics, heads, notices} from '../styles.js';
import {meanings, stateMeaning, units} from '../words.js';
import './alarm-list.js';
import './allocation-over-time.js';
import './arms-table.js';
import './draft-next.js';
import './experiment-facts.js';
import './experiment-rules.js';
import './export-menu.js';
import './guard-rails.js';
import './help-term.js';
import './segment-tables.js';
import './time-since.js';

/** Everything live about one experiment below its name: facts, what is wrong, chart, arms. */
export class ExperimentPanel extends LitElement {
  static properties = {entry: {attribute: false}, heard: {attribute: false}, params: {attribute: false}};

  static styles = [basics, heads, notices, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.2rem;
    }
    h2 {
      font-size: 1.1rem;
    }
    .head {
      margin-bottom: -.8rem;
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

  render() {
    const {experiment, snapshot} = this.entry;
    return html`
      <experiment-facts .entry=${this.entry}></experiment-facts>
      ${snapshot?.guard.frozen && experiment.state !== 'ended' ? html`<p class="notice bad"><strong>Learning is
        frozen:</strong> nothing that comes in moves traffic until the numbers can be right again, or somebody thaws it.</p>` : nothing}
      <alarm-list .entry=${this.entry}></alarm-list>
      ${concerns(this.entry).map(({sentence, meaning}) => html`<p class="notice warn">${sentence} ${meaning
        ? html`<help-term .text=${meaning}>What this means</help-term>` : nothing}</p>`)}
      ${this.#state(experiment, snapshot)}
      ${experiment.state === 'draft' ? html`<draft-next .experiment=${experiment}></draft-next>` : nothing}
      ${this.#scope(experiment, snapshot)}
      ${snapshot || experiment.state !== 'draft' ? this.#chart() : nothing}
      ${snapshot ? html`<div class="head"><h2>Arms</h2><export-menu of=${experiment.key} subject="arms"
        .table=${() => armsFile(experiment, snapshot)}></export-menu></div>` : nothing}
      <arms-table .experiment=${experiment} .snapshot=${snapshot}
        ?acting=${experiment.state !== 'draft'}></arms-table>
      ${snapshot ? this.#footer(experiment, snapshot) : nothing}
      ${snapshot && experiment.state !== 'draft'
        ? html`<guard-rails .experiment=${experiment} .snapshot=${snapshot}></guard-rails>` : nothing}
      ${snapshot?.segments.length > 0
        ? html`<segment-tables .experiment=${experiment} .snapshot=${snapshot}></segment-tables>` : nothing}
      <experiment-rules .experiment=${experiment}></experiment-rules>`;
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
    const by = experiment.segments?.attribute ?? 'segment';
    const own = snapshot ? ownSegments(snapshot).map(({segment}) => segment ?? `any other ${by}`) : [];
    return own.length === 0 ? nothing : html`<p class="aside">By ${by},
      ${enumerated(own)} ${own.length === 1 ? 'has' : 'have'} shares of ${own.length === 1 ? 'its' : 'their'}
      own, shown below. The numbers here are those of all ${units(experiment)} together.</p>`;
  }

  #chart() {
    return html`<allocation-over-time .entry=${this.entry} .heard=${this.heard}
      .params=${this.params}></allocation-over-time>`;
  }

  #footer(experiment, snapshot) {
    const say = meanings(experiment);
    return html`<footer class="number">
      <help-term .text=${say.updated}>updated <time-since at=${Date.parse(snapshot.at)}></time-since> ago</help-term>
      <help-term .text=${say.version}>version ${snapshot.version}</help-term>
    </footer>`;
  }
}

customElements.define('experiment-panel', ExperimentPanel);
