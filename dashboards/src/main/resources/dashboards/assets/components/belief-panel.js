import {LitElement, css, html, nothing} from 'lit';
import {peak} from '../density-option.js';
import {atMost, earned, earnedUnit, perThousand, range, scaleOf, thousand, writer} from '../evidence.js';
import {beliefMeanings} from '../evidence-words.js';
import {fileWord} from '../exports.js';
import {NONE, chance, relative} from '../format.js';
import {basics, heads, panels} from '../styles.js';
import {units} from '../words.js';
import {note} from './arm-values.js';
import './density-chart.js';
import './export-menu.js';
import './fact-list.js';
import './help-term.js';

/** Probabilities that differ by less are the same to anybody who reads them. */
const TIE = 0.001;

/**
 * What is believed of the arms, which is what drives traffic: the numbers to decide by, and how plausible they are. It
 * is about everybody, by the report of an experiment, or about the segment that `part` names, by its part of that.
 */
export class BeliefPanel extends LitElement {
  static properties = {experiment: {attribute: false}, report: {attribute: false}, part: {attribute: false}};

  static styles = [basics, heads, panels, css`
    fact-list {
      margin-bottom: .8rem;
    }
    h3 {
      font-size: .95rem;
    }
    .both {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.2rem 2.5rem;
    }
    summary {
      width: fit-content;
      cursor: pointer;
      color: var(--text-soft);
      font-size: .9rem;
    }
    @media (min-width: 80rem) {
      .both {
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
      }
    }
  `];

  render() {
    const {experiment, report} = this;
    const say = beliefMeanings(experiment);
    return html`<div class="head">${this.#head()}
        <export-menu of=${experiment.key} subject=${this.#subject('belief')}
          .table=${() => this.#table(this.renderRoot.querySelector('arm-values').table())}></export-menu></div>
      ${report.decision ? html`<fact-list .facts=${this.#facts(report.decision, say)}></fact-list>`
        : html`<p class="aside">No arm is live, so there is none to take.</p>`}
      <div class="both">
        <arm-values name="What we believe of each arm${this.#of()}" .experiment=${experiment} .facts=${report.arms}
          .columns=${this.#columns(say)}></arm-values>
        ${this.#chart(say)}</div>`;
  }

  #head() {
    const {experiment, report, part} = this;
    if (part) return html`<h3>What we believe: ${part}</h3>`;
    const by = report.advice?.segments ? experiment.segments?.attribute ?? 'segment' : null;
    return html`<div><h2>What we believe</h2>
      <p class="aside">This drives traffic. It uses everything counted so far, and what was assumed at the start. Good
        to decide by, but no proof.</p>
      ${by === null ? nothing : html`<p class="aside"><strong>These are the numbers of all ${units(experiment)}
        together. The advice above goes by ${by}:</strong> what suits all together need not suit each. The numbers
        of each stand below, under “By ${by}”.</p>`}</div>`;
  }

  #of = () => (this.part ? `, ${this.part}` : '');

  #subject = (word) => (this.part ? `${word}-${fileWord(this.part) || 'other'}` : word);

  /** Of a segment, with its name in each row. */
  #table({columns, rows}) {
    const {part} = this;
    return part ? {columns: ['segment', ...columns], rows: rows.map((row) => [part, ...row])} : {columns, rows};
  }

  #facts({leader, best, expectedLoss, remaining}, say) {
    const {experiment} = this;
    return [
      {name: 'Leader', meaning: say.leader,
        value: this.#tie(best) ? 'no arm in particular' : `${leader}, best with ${chance(best)} probability`},
      {name: 'Could still be gained', value: `less than ${atMost(remaining)}`,
        meaning: say.remaining},
      {name: 'At risk if you take it now', meaning: say.loss,
        value: `${perThousand(experiment, expectedLoss)}${this.#noun()} ${thousand(experiment)}`},
    ];
  }

  /** Whether another live arm is as probably the best. */
  #tie(best) {
    return this.report.arms.filter((each) => each.status !== 'paused' && best - each.best < TIE).length > 1;
  }

  #noun() {
    return this.experiment.objective.kind === 'revenue' ? '' : ' conversions';
  }

  #columns(say) {
    const {experiment, report: {arms}} = this;
    const {kind, currency} = experiment.objective;
    const unit = earnedUnit(experiment);
    const write = writer(experiment, arms.map(({posterior}) => posterior?.mean), arms.map(({posterior}) => posterior));
    const paused = new Set(experiment.arms.filter(({status}) => status === 'paused').map(({key}) => key));
    const among = ({arm, best}) => (paused.has(arm) ? null : best);
    const scale = scaleOf(arms.map(({lift}) => lift), 0);
    return [
      {name: 'Chance to be best', kind: 'number main', meaning: say.best,
        cell: (fact) => (among(fact) === null ? NONE : chance(fact.best)),
        raw: [['chance to be best (fraction)', among]]},
      {name: `Expected loss ${thousand(experiment)}`, kind: 'number', meaning: say.loss,
        cell: ({expectedLoss}) => perThousand(experiment, expectedLoss ?? NaN),
        raw: [[`expected loss (${kind === 'revenue' ? currency : 'conversions'} ${thousand(experiment)})`,
          ({expectedLoss}) => (Number.isFinite(expectedLoss) ? 1_000 * expectedLoss : null)]]},
      {name: earned(experiment), kind: 'number', meaning: say.rate,
        cell: ({posterior}) => (posterior ? html`${write(posterior.mean)}${note(range(posterior, write))}` : NONE),
        raw: ['mean', 'lower', 'upper'].map((part) => [`${part} (${unit})`, ({posterior}) => posterior?.[part]])},
      {name: 'Against control', kind: 'number', meaning: say.lift,
        cell: ({lift}) => (lift ? html`${relative(lift.median)}${note(range(lift, relative))}` : NONE),
        raw: ['median', 'lower', 'upper'].map((part) => [`lift ${part} (fraction)`, ({lift}) => lift?.[part]])},
      {name: 'Range', kind: 'range', meaning: say.lift, cell: ({lift}) => (lift ? html`<range-mark mean=${lift.median}
        lower=${lift.lower} upper=${lift.upper} reference="0" .scale=${scale}></range-mark>` : nothing)},
    ];
  }

  #chart(say) {
    const {experiment, report: {arms}} = this;
    const drawn = arms.filter(({density}) => density);
    const write = writer(experiment, drawn.map(({posterior}) => posterior?.mean));
    const chart = () => this.renderRoot.querySelector('density-chart');
    return drawn.length === 0 ? nothing : html`<section aria-label="What each arm may earn${this.#of()}">
      <div class="head"><h3><help-term .text=${say.curve}>What each arm may earn, ${
        earned(experiment).toLowerCase()}</help-term></h3>
        <export-menu of=${experiment.key} subject=${this.#subject('belief-curves')}
          .table=${() => this.#table(chart().table(earnedUnit(experiment)))}
          .image=${() => chart().image()}></export-menu></div>
      <density-chart .experiment=${experiment} .arms=${arms} .part=${this.part}></density-chart>
      <details><summary>Chart as a table</summary>
        <arm-values name="What each arm may earn${this.#of()}" .experiment=${experiment} .facts=${drawn} .columns=${[
          {name: 'Most plausible', kind: 'number main', meaning: say.curve, cell: ({density}) => write(peak(density))},
          {name: 'Mean', kind: 'number', meaning: say.rate, cell: ({posterior}) => write(posterior?.mean)},
          {name: '95% range', kind: 'number', meaning: say.rate, cell: ({posterior}) => range(posterior, write)},
        ]}></arm-values></details></section>`;
  }
}

customElements.define('belief-panel', BeliefPanel);
