import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';
import './help-term.js';

/** Facts side by side, each a name that explains itself and a value: `facts` is a list of {name, value, meaning}. */
export class FactList extends LitElement {
  static properties = {facts: {attribute: false}};

  static styles = [basics, css`
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: .5rem 1.2rem;
    }
    dl div {
      max-width: 100%;
    }
    dt {
      color: var(--text-soft);
      font-size: .8rem;
    }
    dd {
      max-width: 34rem;
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
  `];

  render() {
    return html`<dl>${this.facts.map(({name, value, meaning}) => html`<div>
      <dt><help-term .text=${meaning}>${name}</help-term></dt><dd>${value}</dd></div>`)}</dl>`;
  }
}

customElements.define('fact-list', FactList);
