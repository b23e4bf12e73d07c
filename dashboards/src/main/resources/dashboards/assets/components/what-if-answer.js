import {LitElement, css, html, nothing} from 'lit';
import {NONE, clockTime, count, sentence, share} from '../format.js';
import {partOf} from '../history.js';
import {colourNumbers} from '../palette.js';
import {armColours, basics, notices, panels} from '../styles.js';
import {ESTIMATES, amounts, answerMeanings, conclusion, table, trustFacts} from '../what-if.js';
import {meanings, unit, units} from '../words.js';
import './export-menu.js';
import './fact-list.js';
import './help-term.js';
import './range-mark.js';
import './severity-sign.js';
import {tables} from './table.css.js';

/** What another policy would have earned, beside what was; how far that can be trusted; and what it would serve now. */
export class WhatIfAnswer extends LitElement {
  static properties = {entry: {attribute: false}, answer: {attribute: false}};

  static styles = [basics, panels, notices, tables, armColours, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.2rem;
    }
    h3 {
      margin-bottom: .4rem;
      font-size: 1rem;
    }
    .conclusion {
      display: flex;
      align-items: center;
      gap: .5rem;
      font-size: 1.15rem;
      font-weight: 600;
    }
    .earned {
      display: grid;
      grid-template-columns: minmax(7rem, 11rem) minmax(4rem, 1fr) minmax(9rem, max-content);
      align-items: center;
      gap: .4rem .9rem;
      max-width: 46rem;
      margin-top: .6rem;
    }
    .really {
      color: var(--arm-0);
    }
    .would {
      color: var(--arm-1);
    }
    .number b {
      font-size: 1.1rem;
    }
    .range {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .said {
      max-width: 46rem;
      margin-top: .5rem;
    }
    details summary {
      cursor: pointer;
      color: var(--link);
    }
    table {
      max-width: 46rem;
      margin-top: .5rem;
    }
    .bar {
      display: block;
      width: 100%;
      height: 8px;
      margin-top: .2rem;
    }
    .bar rect {
      fill: currentColor;
    }
    @media (max-width: 40rem) {
      .earned {
        grid-template-columns: minmax(0, 1fr);
        gap: .1rem;
      }
      .earned .number {
        margin-bottom: .6rem;
        text-align: left;
      }
    }
  `];

  render() {
    const {entry: {experiment}, answer} = this;
    return html`${this.#headline(experiment, answer)}
      ${answer.log ? this.#trust(experiment, answer) : nothing}
      ${this.#serves(answer)}
      <export-menu of=${experiment.key} subject="what-if" .table=${() => table(experiment, answer)}></export-menu>`;
  }

  #headline(experiment, answer) {
    const {severity, text, by} = conclusion(experiment, answer);
    const {log, dr} = answer;
    return html`<section aria-label="Answer"><p class="conclusion" role="status"><severity-sign
        severity=${severity}></severity-sign><span>${text}${by
        ? html`<help-term .text=${answerMeanings(experiment).lift}>${by}</help-term>.` : nothing}</span></p>
      ${log && dr ? this.#earned(experiment, answer) : nothing}
      ${answer.warnings.length > 0 ? answer.sentences.map((each) =>
        html`<p class="said notice ${answer.trust === 'thin' ? 'warn' : ''}">${sentence(each)}</p>`)
        : nothing}</section>`;
  }

  #earned(experiment, answer) {
    const {log, dr, through} = answer;
    const each = unit(experiment);
    const amount = amounts(experiment, answer);
    const low = Math.min(log.lower, dr.lower);
    const high = Math.max(log.upper, dr.upper);
    const edge = (high - low) * .08;
    const scale = [low - edge, high + edge];
    const line = (kind, name, meaning, {estimate, lower, upper}) => html`
      <help-term .text=${meaning}>${name}</help-term>
      <range-mark class=${kind} .mean=${estimate} .lower=${lower} .upper=${upper} .reference=${log.estimate}
        .scale=${scale}></range-mark>
      <span class="number"><b>${amount(estimate)}</b> <span
        class="range">${amount(lower)} to ${amount(upper)}</span></span>`;
    return html`<div class="earned">
        ${line('really', 'Really earned', `What one ${each} earned under what was served. The bar spans the values `
          + 'that the true one has with 95% confidence.', log)}
        ${line('would', 'Would have earned', `What one ${each} would have earned under this policy: `
          + `${ESTIMATES[0][2]} ` + 'The bar spans the values that the true one has with 95% confidence.', dr)}
      </div>
      <p class="aside said">Had this policy run on the same ${count(answer.units)} ${units(experiment)}, believing what
        was known at the time. Those until ${clockTime(Date.parse(through))} count; later ones may still convert.</p>`;
  }

  #trust(experiment, answer) {
    const amount = amounts(experiment, answer);
    const say = answerMeanings(experiment);
    return html`<section aria-label="Trust"><h3>How far to trust this</h3>
      <fact-list .facts=${trustFacts(experiment, answer)}></fact-list>
      <details class="said"><summary>Other ways to estimate it</summary>
        <table><thead><tr><th scope="col">Way</th><th scope="col" class="number"><help-term
            .text=${say.estimate}>Would have earned</help-term></th>
          <th scope="col" class="number"><help-term .text=${say.range}>95% range</help-term></th></tr></thead>
          <tbody>${ESTIMATES.map(([name, title, meaning]) => html`<tr>
            <th scope="row"><help-term .text=${meaning}>${title}</help-term></th>
            <td class="number">${amount(answer[name]?.estimate)}</td>
            <td class="number">${Number.isFinite(answer[name]?.lower)
              ? `${amount(answer[name].lower)} to ${amount(answer[name].upper)}` : NONE}</td></tr>`)}</tbody></table>
      </details></section>`;
  }

  #serves({allocation}) {
    const {experiment, snapshot} = this.entry;
    const colours = colourNumbers(experiment.arms);
    const now = new Map(snapshot?.arms.map((each) => [each.arm, partOf(each)]));
    return html`<section aria-label="Allocation"><h3><help-term .text=${'What they would get who come from now on '
        + 'if this policy took over, on what is known now. Guardrails might hold back some of it.'}>What it would serve
        now</help-term></h3>
      <table><thead><tr><th scope="col">Arm</th><th scope="col" class="number"><help-term
          .text=${answerMeanings(experiment).serves}>It would serve</help-term></th>
        <th scope="col" class="number"><help-term
          .text=${meanings(experiment).share}>Served now</help-term></th></tr></thead>
        <tbody>${allocation.map(({arm, share: part}) => html`<tr>
          <th scope="row">${arm}<svg class="bar arm-${colours.get(arm)}" aria-hidden="true"><rect height="100%" rx="2"
            width="${(100 * part).toFixed(2)}%"></rect></svg></th>
          <td class="number">${share(part)}</td><td class="number">${share(now.get(arm))}</td></tr>`)}</tbody></table>
    </section>`;
  }
}

customElements.define('what-if-answer', WhatIfAnswer);
