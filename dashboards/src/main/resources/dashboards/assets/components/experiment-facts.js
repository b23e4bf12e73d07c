import {LitElement, css, html, nothing} from 'lit';
import {count, share} from '../format.js';
import {basics} from '../styles.js';
import {goal, meanings, policy, policyMeaning, units} from '../words.js';
import './help-term.js';
import './time-since.js';

/** What an experiment is after and how it goes, in one line of facts; the rules it runs by too when `full`. */
export class ExperimentFacts extends LitElement {
  static properties = {entry: {attribute: false}, full: {type: Boolean}};

  static styles = [basics, css`
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: .35rem 1.2rem;
    }
    dt {
      color: var(--text-soft);
      font-size: .8rem;
    }
    dd {
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
  `];

  render() {
    const {experiment, snapshot} = this.entry;
    const say = meanings(experiment);
    const total = (field) => snapshot?.arms.reduce((sum, arm) => sum + arm[field], 0);
    return html`<dl>
      ${this.#duration(say)}
      ${this.#fact('Goal', goal(experiment), say.goal)}
      ${snapshot ? html`
        ${this.#fact('Shown to', html`${count(total('exposures'))} ${units(experiment)}`, say.total)}
        ${this.#fact('Conversions', count(total('conversions')), say.converted)}
        ${this.#fact('Most traffic to', this.#leader(snapshot), say.leader)}` : nothing}
      ${this.full ? this.#rules(experiment, say) : nothing}
    </dl>`;
  }

  #leader({arms}) {
    const leader = arms.reduce((most, arm) => (arm.share > most.share ? arm : most));
    return `${leader.arm}, ${share(leader.share)}`;
  }

  #rules(experiment, say) {
    return html`
      ${this.#fact('Traffic moves by', policy(experiment), policyMeaning(experiment))}
      ${experiment.floor > 0 ? this.#fact('Every arm keeps', share(experiment.floor), say.floor) : nothing}
      ${experiment.holdout > 0 ? this.#fact('Held out', share(experiment.holdout), say.holdout) : nothing}`;
  }

  #duration(say) {
    const {experiment, history} = this.entry;
    const started = history?.state === 'ready' ? history.points[0]?.at : undefined;
    if (started === undefined || experiment.state === 'draft') {
      const at = Date.parse(experiment.createdAt);
      return this.#fact('Created', html`<time-since at=${at}></time-since> ago`, 'Since the experiment was defined.');
    }
    if (experiment.state === 'ended') {
      return this.#fact('Started', html`<time-since at=${started}></time-since> ago`, say.running);
    }
    return this.#fact('Running for', html`<time-since at=${started}></time-since>`, say.running);
  }

  #fact(name, value, meaning) {
    return html`<div><dt><help-term .text=${meaning}>${name}</help-term></dt><dd>${value}</dd></div>`;
  }
}

customElements.define('experiment-facts', ExperimentFacts);
