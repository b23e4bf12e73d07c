import {LitElement, html} from 'lit';
import {count, money, share} from '../format.js';
import {delay, latest, phase} from '../learning.js';
import {learns} from '../policies.js';
import {ServedSpan} from '../served-span.js';
import {conversionsOf} from '../shapes.js';
import {basics} from '../styles.js';
import {goal, meanings, units} from '../words.js';
import './fact-list.js';
import './time-since.js';

/** Shares that differ by less are the same to anybody who reads them. */
const TIE = 0.001;

/** What an experiment is after and how it goes, and how it learns, in one line of facts. */
export class ExperimentFacts extends LitElement {
  static properties = {entry: {attribute: false}};

  static styles = basics;

  #served = new ServedSpan(this);

  willUpdate() {
    this.#served.ask(this.entry);
  }

  render() {
    const {experiment, snapshot} = this.entry;
    const say = meanings(experiment);
    return html`<fact-list .facts=${[
      this.#age(say),
      {name: 'Goal', value: goal(experiment), meaning: say.goal},
      ...(snapshot ? this.#counts(experiment, snapshot, say) : []),
      ...(snapshot ? this.#learning(experiment, snapshot) : []),
    ]}></fact-list>`;
  }

  #counts(experiment, {arms, segments}, say) {
    const {objective} = experiment;
    const total = (of) => arms.reduce((sum, arm) => sum + of(arm), 0);
    const earned = objective.currency && arms.every(({raw}) => raw !== undefined)
      ? [{name: experiment.holdout > 0 ? 'Earned without holdout' : 'Earned', meaning: say.earned,
        value: money(total(({raw}) => Number(raw)), objective.currency)}] : [];
    return [
      {name: 'Shown to', value: `${count(total((arm) => arm.exposures))} ${units(experiment)}`, meaning: say.total},
      {name: 'Conversions', value: count(total((arm) => conversionsOf(objective, arm))), meaning: say.converted},
      ...earned,
      {name: 'Most traffic to', value: this.#leader(experiment, arms, segments), meaning: say.leader},
    ];
  }

  #leader({segments: by}, arms, segments) {
    if (segments.some(({own}) => own)) return `differs by ${by?.attribute ?? 'segment'}`;
    const [first, second] = [...arms].sort((a, b) => b.share - a.share);
    return first.share - (second?.share ?? 0) < TIE ? 'no arm in particular' : `${first.arm}, ${share(first.share)}`;
  }

  #learning(experiment, snapshot) {
    const running = experiment.state === 'running';
    const today = running ? latest(snapshot.epochs) : null;
    return [
      ...(running && learns(experiment) ? [{name: 'Phase', ...phase(experiment, snapshot)}] : []),
      ...(snapshot.delay ? [{name: 'Conversions take', ...delay(experiment, snapshot.delay)}] : []),
      ...(today ? [today] : []),
    ];
  }

  #age(say) {
    const {experiment} = this.entry;
    const started = this.#served.from;
    const since = (at) => html`<time-since at=${at}></time-since>`;
    if (started === null || experiment.state === 'draft') {
      return {name: 'Created', value: html`${since(Date.parse(experiment.createdAt))} ago`,
        meaning: 'Since the experiment was defined.'};
    }
    return experiment.state !== 'running'
      ? {name: 'Started', value: html`${since(started)} ago`, meaning: say.running}
      : {name: 'Running for', value: since(started), meaning: say.running};
  }
}

customElements.define('experiment-facts', ExperimentFacts);
