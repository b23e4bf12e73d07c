import {LitElement, css, html, nothing, svg} from 'lit';
import {nearness} from '../distance.js';
import {capital, clockTime} from '../format.js';
import {basics} from '../styles.js';
import './help-term.js';

/** Where the mark stands on a bar, in percent: beyond it there is room for what has gone further. */
const MARK = 80;
const HEIGHT = 14;

/**
 * How far something has come on its way to where a guardrail acts: a name, a bar with a mark where it does, how near
 * that is in words, and what is missing; where it has been there already, the meter has a `word` of its own. `earlier`
 * is where it stood a while ago, {at, part}. The words say the `exact` numbers, and what these are `about`.
 */
export class MeterLine extends LitElement {
  static properties = {meter: {attribute: false}, earlier: {attribute: false}};

  static styles = [basics, css`
    :host {
      container-type: inline-size;
      font-size: .87rem;
    }
    .line {
      display: grid;
      grid-template-columns: 10.5rem minmax(4rem, 1fr) 11rem;
      align-items: center;
      gap: .1rem .7rem;
    }
    .label {
      color: var(--text-soft);
      overflow-wrap: anywhere;
    }
    svg {
      display: block;
      width: 100%;
      height: 18px;
      overflow: visible;
    }
    .rest {
      fill: var(--raised);
      stroke: var(--line-strong);
    }
    .part {
      fill: var(--line-strong);
    }
    .mark {
      stroke: var(--text);
      stroke-width: 2;
    }
    .warns {
      stroke: var(--text-soft);
      stroke-width: 1;
      stroke-dasharray: 2 2;
    }
    .earlier {
      stroke: var(--text);
      stroke-width: 1.5;
      opacity: .55;
    }
    .nearing .part, .close .part {
      fill: var(--warn);
    }
    .bad.close .part, .bad.reached .part {
      fill: var(--bad);
    }
    .warn.reached .part {
      fill: var(--warn);
    }
    .good .part {
      fill: var(--good);
    }
    .none .part {
      fill: var(--line-strong);
    }
    .close .word, .reached .word, .nearing .word {
      font-weight: 600;
    }
    .bad.close .word, .bad.reached .word {
      color: var(--bad);
    }
    .warn.close .word, .warn.reached .word, .bad.nearing .word {
      color: var(--warn);
    }
    .good.reached .word {
      color: var(--good);
    }
    .missing {
      color: var(--text-soft);
    }
    @container (max-width: 34rem) {
      .line {
        grid-template-columns: fit-content(60%) minmax(0, 1fr);
      }
      .bar {
        grid-row: 2;
        grid-column: 1 / -1;
      }
      .text {
        text-align: right;
      }
    }
  `];

  render() {
    const {label, part, text, severity, meaning, exact, warnAt, about} = this.meter;
    const {level, word} = this.meter.word ? {level: 'off', word: this.meter.word} : nearness(part);
    const at = (where) => `${Math.min(100, MARK * where).toFixed(1)}%`;
    return html`<div class="line ${severity} ${severity === 'none' ? '' : level}">
      <span class="label">${meaning ? html`<help-term .text=${meaning}>${label}</help-term>` : label}</span>
      <svg class="bar" role="img" aria-label="${label}: ${exact}${this.#was()}">${svg`
        <rect class="rest" x="0" y="2.5" width="100%" height=${HEIGHT - 1} rx="3"></rect>
        <rect class="part" x="0" y="2.5" width=${at(part)} height=${HEIGHT - 1} rx="3"></rect>
        ${warnAt === undefined ? nothing
          : svg`<line class="warns" x1=${at(warnAt)} x2=${at(warnAt)} y1="1" y2="17"></line>`}
        ${severity === 'none' ? nothing : svg`<line class="mark" x1="${MARK}%" x2="${MARK}%" y1="0" y2="18"></line>`}
        ${this.earlier ? svg`<line class="earlier" x1=${at(this.earlier.part)} x2=${at(this.earlier.part)} y1="5"
          y2="13"></line>` : nothing}`}<title>${exact}${this.#was()}</title></svg>
      <help-term class="text number" .text=${`${capital(exact)}${this.#was()}. ${about ?? ''}`}>${severity === 'none'
        ? nothing : html`<span class="word">${word}</span>`}
        <span class="missing">${severity === 'none' || text === '' ? '' : '· '}${text}${this.#moved()}</span></help-term>
    </div>`;
  }

  /** Whether it came nearer since, where that can be seen. */
  #moved() {
    const step = this.earlier ? this.meter.part - this.earlier.part : 0;
    return Math.abs(step) < 0.02 ? '' : step > 0 ? ' ↑' : ' ↓';
  }

  #was() {
    if (!this.earlier) return '';
    const step = this.meter.part - this.earlier.part;
    return `; ${Math.abs(step) < 0.02 ? 'as far as' : step > 0 ? 'nearer than' : 'further away than'} at ${
      clockTime(this.earlier.at)}`;
  }
}

customElements.define('meter-line', MeterLine);
