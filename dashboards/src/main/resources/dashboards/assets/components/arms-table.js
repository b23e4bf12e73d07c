import {LitElement, html, nothing, svg} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {NONE, capital, count, earning, rateDecimals, share} from '../format.js';
import {controlFirst, foremost} from '../order.js';
import {colourNumbers} from '../palette.js';
import {experimentAddress} from '../route.js';
import {armColours, basics} from '../styles.js';
import {meanings, units} from '../words.js';
import {armsTableStyles} from './arms-table.css.js';
import './help-term.js';
import './range-mark.js';

/**
 * The arms of an experiment with what each gets and what each earns.
 *
 * Where there is little room each row becomes a small block with its labels in it; the roles are spelled out because a
 * browser drops them together with the table layout.
 */
export class ArmsTable extends LitElement {
  static properties = {experiment: {attribute: false}, snapshot: {attribute: false}, most: {type: Number}};

  static styles = [basics, armColours, armsTableStyles];

  render() {
    const {experiment, snapshot} = this;
    if (!snapshot) return this.#list();
    const facts = new Map(snapshot.arms.map((each) => [each.arm, each]));
    const shares = Object.fromEntries([...facts].map(([key, each]) => [key, each.share]));
    const arms = controlFirst(experiment.arms);
    const shown = foremost(arms, shares, this.most ?? arms.length);
    const say = meanings(experiment);
    const context = {say, facts, ...this.#scale(facts, arms), colours: colourNumbers(arms)};
    return html`
      <table role="table" aria-label="Arms of ${experiment.name ?? experiment.key}">
        <thead role="rowgroup"><tr role="row">
          ${this.#heading('Arm')}
          ${this.#heading('Share', say.share, 'number')}
          ${this.#heading(capital(units(experiment)), say.exposures, 'number')}
          ${this.#heading('Conversions', say.conversions, 'number')}
          ${this.#heading(experiment.objective.kind === 'revenue' ? 'Estimated value' : 'Estimated rate',
            say.rate, 'number')}
          ${this.#heading('95% range', say.interval, 'range')}
        </tr></thead>
        <tbody role="rowgroup">${repeat(shown, (arm) => arm.key, (arm) => this.#row(arm, context))}</tbody>
      </table>
      ${shown.length < arms.length
        ? html`<p class="more"><a href=${experimentAddress(experiment.key)}>and ${arms.length - shown.length} more
            arms</a></p>` : nothing}`;
  }

  /** Before the first snapshot there are no numbers, only names. */
  #list() {
    const arms = controlFirst(this.experiment.arms);
    const context = {say: meanings(this.experiment), colours: colourNumbers(arms)};
    return html`<ul role="list" aria-label="Arms">${arms.map((arm) =>
      html`<li class="arm">${this.#name(arm, context)}</li>`)}</ul>`;
  }

  #heading(word, meaning, kind = '') {
    return html`<th role="columnheader" scope="col" class=${kind}>${meaning
      ? html`<help-term .text=${meaning}>${word}</help-term>` : word}</th>`;
  }

  #row(arm, {say, facts, scale, reference, decimals, colours}) {
    const {objective} = this.experiment;
    const fact = facts.get(arm.key);
    const belief = fact?.posterior;
    const show = (value) => earning(value, objective, decimals);
    return html`<tr role="row" class=${arm.status === 'paused' ? 'off' : nothing}>
      <th role="rowheader" scope="row" class="arm">${this.#name(arm, {say, colours})}</th>
      <td role="cell" class="number share" data-label="Share"><span>${share(fact?.share)}</span>
        ${this.#bar(fact?.share ?? 0, colours.get(arm.key))}</td>
      <td role="cell" class="number" data-label=${capital(units(this.experiment))}>${count(fact?.exposures)}</td>
      <td role="cell" class="number" data-label="Conversions">${count(fact?.conversions)}</td>
      <td role="cell" class="number rate" data-label="Estimated">${show(belief?.mean)}</td>
      <td role="cell" class="range arm-${colours.get(arm.key)}" data-label="95% range">${belief
        ? html`<range-mark mean=${belief.mean} lower=${belief.lower} upper=${belief.upper}
            reference=${reference ?? nothing} .scale=${scale}></range-mark>
            <span class="bounds number">${show(belief.lower)} to ${show(belief.upper)}</span>` : NONE}</td>
    </tr>`;
  }

  #name(arm, {say, colours}) {
    const tag = (kind, word, meaning) => html`<help-term class="tag ${kind}" .text=${meaning}>${word}</help-term>`;
    return html`<div><span class="swatch arm-${colours.get(arm.key)}"></span><span
        class="label"><span class="name">${arm.key}</span>${
          arm.control ? tag('', 'Control', say.control) : nothing}${
          arm.status === 'paused' ? tag('warn', 'Paused', say.paused) : nothing}</span></div>`;
  }

  #bar(fraction, colour) {
    return html`<svg class="bar arm-${colour}" aria-hidden="true">${svg`
      <rect class="rest" width="100%" height="4" rx="2"></rect>
      <rect class="part" width="${(100 * fraction).toFixed(2)}%" height="4" rx="2"></rect>`}</svg>`;
  }

  /** One scale for all arms, a little wider than their intervals, and the control's estimate as the reference. */
  #scale(facts, arms) {
    const beliefs = [...facts.values()].map((fact) => fact.posterior).filter(Boolean);
    const [from, to] = [Math.min(...beliefs.map((each) => each.lower)), Math.max(...beliefs.map((each) => each.upper))];
    const margin = 0.06 * (to - from);
    const control = arms.find((arm) => arm.control)?.key;
    return {
      scale: [from - margin, to + margin],
      decimals: rateDecimals(Math.max(...beliefs.map((each) => each.mean))),
      reference: facts.get(control)?.posterior?.mean,
    };
  }
}

customElements.define('arms-table', ArmsTable);
