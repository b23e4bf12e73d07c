import {LitElement, css, html, svg} from 'lit';
import {SEVERITIES} from '../alarms.js';

const SHAPES = {
  bad: svg`<path class="ground" d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"></path>
    <path d="M8 4v5M8 11.2v.8"></path>`,
  warn: svg`<path class="ground" d="M8 1.2 15.4 14.6H.6z"></path><path d="M8 6v4M8 12v.6"></path>`,
  note: svg`<circle class="ground" cx="8" cy="8" r="7"></circle><path d="M8 4v.8M8 7v5"></path>`,
  good: svg`<circle class="ground" cx="8" cy="8" r="7"></circle><path d="m4.6 8.2 2.4 2.4 4.4-4.8"></path>`,
};

/**
 * How bad something is, as a shape: an octagon, a triangle, or a disc; and a word for those who do not see it, another
 * than usual if `word` is one.
 */
export class SeveritySign extends LitElement {
  static properties = {severity: {reflect: true}, word: {}};

  static styles = css`
    :host {
      display: inline-block;
      flex: none;
      width: 1.15em;
      height: 1.15em;
      color: var(--quiet);
    }
    :host([severity="bad"]) {
      color: var(--bad);
    }
    :host([severity="warn"]) {
      color: var(--warn);
    }
    :host([severity="good"]) {
      color: var(--good);
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    path {
      fill: none;
      stroke: var(--surface);
      stroke-width: 1.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .ground {
      fill: currentColor;
      stroke: none;
    }
  `;

  render() {
    const {severity} = this;
    return html`<svg viewBox="0 0 16 16" role="img" aria-label=${this.word ?? SEVERITIES[severity]}>${
      SHAPES[severity]}</svg>`;
  }
}

customElements.define('severity-sign', SeveritySign);
