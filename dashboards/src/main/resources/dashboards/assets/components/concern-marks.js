import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';
import './help-term.js';
import './severity-sign.js';

/**
 * What somebody should look at, each with a shape, words and a colour: `concerns` is a list of
 * {severity, text, meaning}.
 */
export class ConcernMarks extends LitElement {
  static properties = {concerns: {attribute: false}};

  static styles = [basics, css`
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: .3rem;
      list-style: none;
    }
    li {
      display: inline-flex;
      align-items: center;
      gap: .35em;
      padding: .1rem .55rem;
      border-radius: 99px;
      font-size: .8rem;
      font-weight: 600;
    }
    .bad {
      background: var(--bad-ground);
      color: var(--bad);
    }
    .warn {
      background: var(--warn-ground);
      color: var(--warn);
    }
  `];

  willUpdate() {
    this.hidden = this.concerns.length === 0;
  }

  render() {
    return html`<ul role="list">${this.concerns.map(({severity, text, meaning}) => html`<li class=${severity}>
      <severity-sign severity=${severity}></severity-sign><span class="number">${meaning
      ? html`<help-term .text=${meaning}>${text}</help-term>` : text}</span></li>`)}</ul>`;
  }
}

customElements.define('concern-marks', ConcernMarks);
