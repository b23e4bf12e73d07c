import {LitElement, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {forArm, wanted} from '../actions.js';
import {harm} from '../alarms.js';
import {KeepsFocus} from '../focus.js';
import {earningDecimals} from '../format.js';
import {controlFirst} from '../order.js';
import {colourNumbers} from '../palette.js';
import {armColours, basics, buttons} from '../styles.js';
import {meanings} from '../words.js';
import {armColumns} from './arm-columns.js';
import {armsTableStyles} from './arms-table.css.js';
import {explained} from './explained-note.js';
import {tables} from './table.css.js';
import './help-term.js';

/**
 * The arms of an experiment with what each gets and what each earns; of a segment if `part` names one.
 *
 * Where there is little room each row becomes a small block with its labels in it; the roles are spelled out because a
 * browser drops them together with the table layout.
 *
 * @fires action-wanted   to pause or resume an arm; only if `acting`
 */
export class ArmsTable extends LitElement {
  static properties = {
    experiment: {attribute: false}, snapshot: {attribute: false}, part: {attribute: false},
    compact: {type: Boolean, reflect: true}, acting: {type: Boolean},
  };

  static styles = [basics, armColours, buttons, tables, armsTableStyles];

  constructor() {
    super();
    new KeepsFocus(this);
  }

  render() {
    const {experiment, snapshot} = this;
    const arms = controlFirst(experiment.arms);
    const context = {say: meanings(experiment), colours: colourNumbers(arms)};
    if (!snapshot) return this.#list(arms, context);
    const facts = new Map(snapshot.arms.map((each) => [each.arm, each]));
    const columns = armColumns(experiment, this.#scale(facts, arms), this.compact, this.part);
    const of = this.part ? `, ${this.part}` : '';
    return html`
      <table role="table" aria-label="Arms of ${experiment.name ?? experiment.key}${of}">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">Arm</th>
          ${columns.map(({name, kind, meaning}) => html`<th role="columnheader" scope="col" class=${kind}><help-term
            .text=${meaning}>${name}</help-term></th>`)}
        </tr></thead>
        <tbody role="rowgroup">${repeat(arms, (arm) => arm.key, (arm) =>
          this.#row(arm, columns, facts.get(arm.key), context))}</tbody>
      </table>`;
  }

  /** Before the first snapshot there are no numbers, only names. */
  #list(arms, context) {
    return html`<ul role="list" aria-label="Arms">${arms.map((arm) =>
      html`<li class="arm">${this.#name(arm, context)}</li>`)}</ul>`;
  }

  #row(arm, columns, fact, context) {
    const colour = context.colours.get(arm.key);
    return html`<tr role="row" class=${arm.status === 'paused' ? 'off' : nothing}>
      <th role="rowheader" scope="row" class="arm">${this.#name(arm, context)}</th>
      ${columns.map(({name, label, kind, cell}) => html`<td role="cell" data-label=${label ?? name}
        class="${kind} ${kind === 'range' ? `arm-${colour}` : ''}">${cell({arm, fact, colour})}</td>`)}
    </tr>`;
  }

  #name(arm, {say, colours}) {
    const tag = (kind, word, meaning) => html`<help-term class="tag ${kind}" .text=${meaning}>${word}</help-term>`;
    const found = harm(arm, this.snapshot);
    return html`<div><span class="swatch arm-${colours.get(arm.key)}"></span><span
        class="label"><span class="name">${arm.key}</span>${
          arm.control ? tag('', 'Control', say.control) : nothing}${
          found ? tag('bad', 'Paused by a guardrail', `${found.note}. ${say.paused}`)
            : arm.status === 'paused' ? tag('warn', 'Paused', say.paused) : nothing}</span></div>
      ${found && this.acting ? html`<span class="note">${explained(found.note)}</span>` : nothing}
      ${this.acting && this.#movable(arm) ? this.#act(arm, found) : nothing}`;
  }

  /** Pausing control would leave nothing to compare with; if somebody did, it can be resumed. */
  #movable = (arm) => this.experiment.state !== 'ended' && (!arm.control || arm.status === 'paused');

  #act(arm, found) {
    const verb = arm.status === 'paused' ? found ? 'Override and resume' : 'Resume' : 'Pause';
    return html`<button class="plain small" type="button" aria-label="${verb} arm ${arm.key}" @click=${() =>
      this.dispatchEvent(wanted(forArm(this.experiment, arm, found)))}>${verb}…</button>`;
  }

  /** One scale for all arms, a little wider than their intervals, and the control's estimate as the reference. */
  #scale(facts, arms) {
    const beliefs = [...facts.values()].map((fact) => fact.posterior).filter(Boolean);
    const [from, to] = [Math.min(...beliefs.map((each) => each.lower)), Math.max(...beliefs.map((each) => each.upper))];
    const margin = 0.06 * (to - from);
    const control = arms.find((arm) => arm.control)?.key;
    return {
      range: [from - margin, to + margin],
      decimals: earningDecimals(Math.max(...beliefs.map((each) => each.mean)), this.experiment.objective,
        Math.min(...beliefs.map(({lower, upper}) => upper - lower))),
      reference: facts.get(control)?.posterior?.mean,
    };
  }
}

customElements.define('arms-table', ArmsTable);
