import {LitElement, css, html, nothing} from 'lit';
import {serverNow} from '../clock.js';
import {KeepsFocus} from '../focus.js';
import {duration} from '../format.js';
import {SOURCES} from '../route.js';
import {sanity} from '../sanity.js';
import {basics, panels} from '../styles.js';
import './help-term.js';
import './quarantine-list.js';
import './severity-sign.js';

/** Whether the numbers can be trusted: what could be wrong with them, and what to do where it is. */
export class SanityPanel extends LitElement {
  static properties = {experiment: {attribute: false}, sanity: {attribute: false}};

  static styles = [basics, panels, css`
    ul {
      display: grid;
      gap: .5rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 1.3rem 9rem 6.5rem minmax(0, 1fr);
      gap: .1rem .5rem;
      padding-top: .5rem;
      border-top: 1px solid var(--line);
      font-size: .92rem;
    }
    severity-sign {
      margin-top: .15em;
    }
    .state {
      font-weight: 600;
    }
    .bad {
      color: var(--bad);
    }
    .warn {
      color: var(--warn);
    }
    .bad + .text .act, .warn + .text .act {
      font-weight: 600;
    }
    ul + .aside, quarantine-list, quarantine-list + .aside {
      margin-top: .7rem;
    }
    @media (max-width: 40rem) {
      li {
        grid-template-columns: 1.3rem minmax(0, 1fr) auto;
      }
      .text {
        grid-column: 2 / -1;
      }
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('h2'));
  }

  render() {
    const {quarantined: {sources, origins}} = this.sanity;
    const ago = (at) => duration(serverNow() - Date.parse(at));
    return html`<h2 tabindex="-1">Can these numbers be trusted?</h2>
      <p class="aside">What could be wrong with them, looked at all the time.</p>
      <ul role="list">${sanity(this.experiment, this.sanity, ago).map((each) => this.#line(each))}</ul>
      ${sources + origins > 0 ? html`<quarantine-list></quarantine-list>` : nothing}
      <p class="aside"><a href=${SOURCES}>Sources</a> say what came in and what became of it.</p>`;
  }

  #line({name, state, severity, text, meaning, act}) {
    return html`<li><severity-sign severity=${severity} word=${state}></severity-sign>
      <help-term .text=${meaning}>${name}</help-term><span class="state ${severity}">${state}</span>
      <span class="text number">${text} ${act ? html`<span class="act">${act}</span>` : nothing}</span></li>`;
  }
}

customElements.define('sanity-panel', SanityPanel);
