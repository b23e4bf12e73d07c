import {LitElement, css, html} from 'lit';
import {detectable, earnedUnit, gap, range, writer} from '../evidence.js';
import {holdoutMeanings} from '../evidence-words.js';
import {count, relative} from '../format.js';
import {basics, panels} from '../styles.js';
import {units} from '../words.js';
import './fact-list.js';
import './help-term.js';

const PARTS = ['estimate', 'lower', 'upper'];

/** What the experiment as a whole is worth, against those who were held out of it. */
export class HoldoutClaim extends LitElement {
  static properties = {experiment: {attribute: false}, holdout: {attribute: false}};

  static styles = [basics, panels, css`
    h3 {
      font-size: .95rem;
    }
    .aside {
      margin: .1rem 0 .5rem;
    }
  `];

  render() {
    const {experiment, holdout} = this;
    const say = holdoutMeanings(experiment);
    return html`<h3>Against those held out</h3>
      <p class="aside"><help-term .text=${say.detectable}>${
        experiment.sticky === 'none' ? say.perRequest : detectable(holdout, experiment)}</help-term></p>
      <fact-list .facts=${this.#facts(say)}></fact-list>`;
  }

  /** The raw numbers: a row for who was held out and one for everybody else, who carries the comparison. */
  table() {
    const {experiment, holdout} = this;
    const {units: number, others, rate, othersRate, uplift, difference, detectable: least} = holdout;
    const unit = earnedUnit(experiment);
    const parts = (bounds) => PARTS.map((part) => bounds?.[part] ?? null);
    return {
      columns: ['arm', units(experiment), `earned (${unit})`,
        ...PARTS.map((part) => `uplift against held out, ${part} (fraction)`),
        ...PARTS.map((part) => `difference to held out, ${part} (${unit})`), 'least uplift to be proven (fraction)'],
      rows: [['(everybody else)', others, othersRate, ...parts(uplift), ...parts(difference), least ?? null],
        ['(held out)', number, rate, ...parts(null), ...parts(null), null]],
    };
  }

  #facts(say) {
    const {experiment, holdout: {units: number, others, rate, othersRate, uplift, difference}} = this;
    const write = writer(experiment, [rate, othersRate]);
    const differs = gap(experiment, write);
    const side = (name, many, value) => ({name, meaning: say.rates,
      value: `${write(value)} (${count(many)} ${units(experiment)})`});
    return [
      {name: 'Uplift', value: uplift ? html`<strong>${relative(uplift.estimate)}</strong>, ${range(uplift, relative)}`
        : experiment.sticky === 'none' ? 'cannot be said per request' : 'cannot be said yet', meaning: say.uplift},
      ...(difference ? [{name: 'Difference', value: html`${differs(difference.estimate)}, ${
        range(difference, differs)}`, meaning: say.difference}] : []),
      side('Everybody else', others, othersRate),
      side('Held out', number, rate),
    ];
  }
}

customElements.define('holdout-claim', HoldoutClaim);
