import {LitElement, html, nothing} from 'lit';
import {earned, earnedUnit, range, scaleOf, writer} from '../evidence.js';
import {claimMeanings} from '../evidence-words.js';
import {NONE, capital, count, percent, relative} from '../format.js';
import {basics} from '../styles.js';
import {units} from '../words.js';
import {note} from './arm-values.js';

const PARTS = ['estimate', 'lower', 'upper'];

/** What can be claimed about each arm, whatever traffic did: values and lifts with their intervals. */
export class ClaimsTable extends LitElement {
  static properties = {experiment: {attribute: false}, claims: {attribute: false}, level: {type: Number}, name: {}};

  static styles = basics;

  render() {
    return html`<arm-values name=${this.name} .experiment=${this.experiment} .facts=${this.claims}
      .columns=${this.#columns()}></arm-values>`;
  }

  /** The raw numbers. */
  table() {
    return this.renderRoot.querySelector('arm-values').table();
  }

  #columns() {
    const {experiment, claims} = this;
    const say = claimMeanings(experiment, this.level);
    const write = writer(experiment, claims.map(({value}) => value?.estimate),
      claims.map(({value}) => value));
    return [this.#value(say, write), ...this.#lifts(say),
      {name: capital(units(experiment)), kind: 'number', meaning: say.units, cell: mature,
        raw: [[units(experiment), ({units: number}) => number], ['covered (fraction)', ({covered}) => covered]]},
      {name: 'Observed (biased while traffic moves)', kind: 'number quiet', meaning: say.observed,
        cell: ({observed}) => write(observed),
        raw: [[`observed, biased (${earnedUnit(experiment)})`, ({observed}) => observed]]}];
  }

  #value(say, write) {
    const {experiment} = this;
    return {name: earned(experiment), kind: 'number main', meaning: say.value,
      cell: ({value}) => (value ? html`${write(value.estimate)}${note(range(value, write))}` : NONE),
      raw: interval('value', earnedUnit(experiment), ({value}) => value)};
  }

  #lifts(say) {
    const {claims} = this;
    const scale = scaleOf(claims.flatMap(({lift, anytime}) => [lift, anytime]), 0);
    return [
      {name: 'Against control', kind: 'number main', meaning: say.lift, cell: ({lift}) => lifted(lift),
        raw: interval('lift', 'fraction', ({lift}) => lift)},
      {name: 'Ranges', kind: 'range', meaning: say.marks, cell: ({lift, anytime}) => (lift ? html`<range-mark
        mean=${lift.estimate} lower=${lift.lower} upper=${lift.upper} reference="0" .scale=${scale}
        .wider=${anytime}></range-mark>` : nothing)},
      {name: 'Steadier estimate', kind: 'number', meaning: say.stabilised, cell: ({stabilised}) => lifted(stabilised),
        raw: interval('stabilised lift', 'fraction', ({stabilised}) => stabilised)},
      ...(this.experiment.objective.kind === 'conversion' ? [{name: 'Safe to look any time', kind: 'number',
        meaning: say.anytime, cell: ({anytime}) => (anytime ? range(anytime, relative) : NONE),
        raw: interval('any-time lift', 'fraction', ({anytime}) => anytime).slice(1)}] : []),
    ];
  }
}

const lifted = (lift) => (lift ? html`${relative(lift.estimate)}${note(range(lift, relative))}` : NONE);

const mature = ({units: number, covered}) => html`${count(number)}${number > 0 && covered !== null && covered < 0.9995
  ? note(`could be drawn for ${percent(Math.round(covered * 1000) / 1000)}`) : nothing}`;

const interval = (name, unit, of) => PARTS.map((part) => [`${name} ${part} (${unit})`, (fact) => of(fact)?.[part]]);

customElements.define('claims-table', ClaimsTable);
