import {LitElement, css, html, svg} from 'lit';
import {basics} from '../styles.js';
import './help-term.js';

/** How far something has come towards where a guardrail acts: a name, a bar and the numbers; full is where it acts. */
export class MeterLine extends LitElement {
  static properties = {meter: {attribute: false}};

  static styles = [basics, css`
    :host {
      container-type: inline-size;
      font-size: .87rem;
    }
    .line {
      display: grid;
      grid-template-columns: 9rem minmax(0, 1fr) 13rem;
      align-items: center;
      gap: .1rem .7rem;
    }
    .label {
      color: var(--text-soft);
    }
    svg {
      display: block;
      width: 100%;
      height: 10px;
    }
    .rest {
      fill: var(--raised);
      stroke: var(--line-strong);
      stroke-width: 1;
    }
    .part {
      fill: var(--line-strong);
    }
    .half .part {
      fill: var(--warn);
    }
    .full.bad .part {
      fill: var(--bad);
    }
    .text {
      text-align: right;
    }
    .full ~ .text {
      font-weight: 600;
    }
    @container (max-width: 26rem) {
      .line {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      svg {
        grid-row: 2;
        grid-column: 1 / -1;
      }
    }
  `];

  render() {
    const {label, part, text, severity, meaning} = this.meter;
    const state = part >= 1 ? `full ${severity}` : '';
    return html`<div class="line">
      <span class="label">${meaning ? html`<help-term .text=${meaning}>${label}</help-term>` : label}</span>
      <svg class="${state} ${part >= 0.5 ? 'half' : ''}" aria-hidden="true">${svg`
        <rect class="rest" x="0.5" y="0.5" width="99%" height="9" rx="3"></rect>
        <rect class="part" x="0.5" y="0.5" width="${(99 * part).toFixed(1)}%" height="9" rx="3"></rect>`}</svg>
      <span class="text number">${text}</span></div>`;
  }
}

customElements.define('meter-line', MeterLine);
