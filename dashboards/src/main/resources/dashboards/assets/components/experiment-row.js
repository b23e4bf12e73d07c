import {LitElement, html, nothing} from 'lit';
import {several} from '../alarms.js';
import {NONE, chance, change, count, isolated, money} from '../format.js';
import {colourNumbers} from '../palette.js';
import {experimentAddress} from '../route.js';
import {ownSegments} from '../shapes.js';
import {DAYS} from '../sparks.js';
import {armColours, basics} from '../styles.js';
import './allocation-spark.js';
import './concern-marks.js';
import {columns, rowStyles} from './experiment-rows.css.js';
import './state-badge.js';
import './time-since.js';

/**
 * An experiment in the list of all, a row of overview.js; its name leads to its page. `points` are those of sparks.js,
 * null while they are not known. It is drawn again only when one of these is another.
 */
export class ExperimentRow extends LitElement {
  static properties = {row: {attribute: false}, points: {attribute: false}};

  static styles = [basics, armColours, columns, rowStyles];

  render() {
    const {row} = this;
    const {key, name, entry: {experiment}} = row;
    this.className = row.pressing[0]?.severity ?? (row.concerns.length > 0 ? 'warn' : '');
    const cell = (label, kind, content) => html`<div role="cell" class=${kind} data-label=${label}>${content}</div>`;
    return html`<div role="rowheader" class="name"><a href=${experimentAddress(key)}>${
      isolated(name)}</a>${name === key ? nothing : html`<span class="key">${key}</span>`}${this.#marks(row)}</div>
      ${cell('State', 'state', html`<state-badge .experiment=${experiment}></state-badge>`)}
      ${cell(`Last ${DAYS} days`, 'spark', this.#spark(row))}
      ${cell('Leader', 'leader', this.#leader(row))}
      ${cell('Against control', 'number', this.#lift(row))}
      ${cell('Shown to', 'number', count(row.units ?? NaN))}
      ${cell('Earned', 'number', this.#earned(row))}
      ${cell('Updated', 'number', row.at === null ? NONE : html`<time-since at=${row.at}></time-since> ago`)}`;
  }

  #marks({pressing, concerns}) {
    const marks = [
      ...(pressing.length > 0 ? [{severity: pressing[0].severity, text: several(pressing),
        meaning: pressing.map(({title}) => `${title}.`).join(' ')}] : []),
      ...(concerns.length > 0 ? [{severity: 'warn', text: concerns[0].sentence, meaning: concerns[0].meaning}] : []),
    ];
    return marks.length > 0 ? html`<concern-marks .concerns=${marks}></concern-marks>` : nothing;
  }

  #spark({entry: {experiment, snapshot}}) {
    if (!snapshot) return html`<span class="none">not started</span>`;
    return this.points === null ? html`<span class="none" aria-busy="true">…</span>`
      : html`<allocation-spark .experiment=${experiment} .points=${this.points}></allocation-spark>`;
  }

  #leader({leader, entry: {experiment, snapshot}}) {
    if (!snapshot) return NONE;
    if (leader === null) {
      return html`<span class="none">${ownSegments(snapshot).length > 0
        ? `differs by ${experiment.segments?.attribute ?? 'segment'}` : 'none yet'}</span>`;
    }
    return html`<span class="arm"><span class="swatch arm-${colourNumbers(experiment.arms).get(leader.arm)}"></span
      ><span>${leader.arm}</span></span>${leader.best === null ? nothing
      : html`<span class="best">${chance(leader.best)} to be best</span>`}`;
  }

  #lift = ({lift, leader}) => (leader?.control ? html`<span class="none">control leads</span>`
    : lift === null ? NONE : change(lift));

  #earned({earned, conversions, entry: {experiment: {objective}}}) {
    if (conversions === null) return NONE;
    return earned === null ? html`${count(conversions)} <span class="none">${objective.metric}</span>`
      : money(earned, objective.currency);
  }
}

customElements.define('experiment-row', ExperimentRow);
