import {LitElement, css, html, svg} from 'lit';

/**
 * A best estimate with its interval, drawn to a scale that all arms of an experiment share; `wider` is an interval of
 * another kind around both, {lower, upper}, drawn as a line. What lies beyond the scale is cut off.
 */
export class RangeMark extends LitElement {
  static properties = {
    mean: {type: Number}, lower: {type: Number}, upper: {type: Number},
    reference: {type: Number}, scale: {attribute: false}, wider: {attribute: false},
  };

  static styles = css`
    :host {
      display: block;
      height: 16px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      overflow: visible;
    }
    .track {
      stroke: var(--line);
    }
    .reference {
      stroke: var(--text-soft);
      stroke-dasharray: 2 2;
    }
    .interval {
      fill: currentColor;
      opacity: .5;
    }
    .wider {
      stroke: currentColor;
      stroke-width: 2;
    }
    .mean {
      fill: currentColor;
      stroke: var(--surface);
      stroke-width: 1.5;
    }
  `;

  render() {
    const [from, to] = this.scale;
    const part = (value) => (100 * (Math.min(Math.max(value, from), to) - from)) / (to - from || 1);
    const at = (value) => `${part(value).toFixed(2)}%`;
    const width = `${(part(this.upper) - part(this.lower)).toFixed(2)}%`;
    const {wider} = this;
    return html`<svg aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1="8" y2="8"></line>
      ${wider ? svg`<line class="wider" x1=${at(wider.lower)} x2=${at(wider.upper)} y1="8" y2="8"></line>` : ''}
      <rect class="interval" x=${at(this.lower)} width=${width} y="4" height="8" rx="2"></rect>
      ${Number.isFinite(this.reference)
        ? svg`<line class="reference" x1=${at(this.reference)} x2=${at(this.reference)} y1="0" y2="16"></line>` : ''}
      <circle class="mean" cx=${at(this.mean)} cy="8" r="4.5"></circle>
    </svg>`;
  }
}

customElements.define('range-mark', RangeMark);
