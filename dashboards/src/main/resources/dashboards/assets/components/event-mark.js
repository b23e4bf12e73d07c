import {LitElement, css, html, svg} from 'lit';

const SHAPES = {
  shares: svg`<path d="M3 13V8M8 13V3M13 13V6"></path>`,
  person: svg`<circle cx="8" cy="5" r="2.6"></circle><path d="M3 14c.4-3.6 2.2-5 5-5s4.6 1.4 5 5"></path>`,
  alarm: svg`<path d="M8 1.8 14.4 13.6H1.6zM8 6v3.6M8 11.4v.4"></path>`,
  done: svg`<path d="m3 8.4 3.2 3.2L13 4.6"></path>`,
  good: svg`<path d="m3 8.4 3.2 3.2L13 4.6"></path>`,
};

/** What kind of event it is, as a drawing and as a word for those who do not see it. */
export class EventMark extends LitElement {
  static properties = {mark: {attribute: false}};

  static styles = css`
    :host {
      display: block;
      width: 1.75rem;
      height: 1.75rem;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      padding: .38rem;
      box-sizing: border-box;
      border-radius: 50%;
      background: var(--quiet-ground);
      color: var(--quiet);
      fill: none;
      stroke: currentColor;
      stroke-width: 1.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .bad {
      background: var(--bad-ground);
      color: var(--bad);
    }
    .warn {
      background: var(--warn-ground);
      color: var(--warn);
    }
    .good {
      background: var(--good-ground);
      color: var(--good);
    }
  `;

  render() {
    const {shape, severity, word} = this.mark;
    return html`<svg class=${severity} viewBox="0 0 16 16" role="img" aria-label=${word}>${SHAPES[shape]}</svg>`;
  }
}

customElements.define('event-mark', EventMark);
