import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {pressing, several} from '../alarms.js';
import {concerns, ordered, tally} from '../order.js';
import {experimentAddress} from '../route.js';
import {basics} from '../styles.js';
import './experiment-panel.js';
import './severity-sign.js';
import './state-badge.js';

/** All experiments as cards, those that need a look first. */
export class ExperimentOverview extends LitElement {
  static properties = {entries: {attribute: false}, heard: {attribute: false}};

  static styles = [basics, css`
    h1 {
      font-size: 1.5rem;
      line-height: 1.2;
    }
    .tally {
      margin: .2rem 0 1rem;
      color: var(--text-soft);
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr));
      align-items: start;
      gap: 1rem;
      list-style: none;
    }
    article {
      padding: 1rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow);
    }
    article.bad, article.warn {
      border-color: var(--bad);
      border-width: 2px;
    }
    .alarms {
      display: inline-flex;
      align-items: center;
      gap: .35em;
      padding: .1rem .55rem;
      border-radius: 99px;
      background: var(--bad-ground);
      color: var(--bad);
      font-size: .8rem;
      font-weight: 600;
    }
    article.warn {
      border-color: var(--warn);
    }
    .warn .alarms {
      background: var(--warn-ground);
      color: var(--warn);
    }
    article.concerning {
      border-color: var(--warn);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .2rem .7rem;
      margin-bottom: .8rem;
    }
    h2 {
      font-size: 1.1rem;
      overflow-wrap: anywhere;
    }
    h2 a {
      color: inherit;
      text-decoration: none;
    }
    h2 a:hover {
      text-decoration: underline;
    }
    .key {
      color: var(--text-soft);
      overflow-wrap: anywhere;
    }
    state-badge {
      margin-left: auto;
    }
  `];

  render() {
    const entries = ordered(this.entries.values());
    return html`<h1 tabindex="-1">Experiments</h1>
      <p class="tally">${tally(entries).join(' · ')}</p>
      <ul role="list">${repeat(entries, ({experiment}) => experiment.key, (entry) => this.#card(entry))}</ul>`;
  }

  #card(entry) {
    const {experiment} = entry;
    const name = experiment.name ?? experiment.key;
    const found = pressing(entry);
    return html`<li><article class=${found[0]?.severity ?? (concerns(entry).length > 0 ? 'concerning' : nothing)}
        aria-label=${name}>
      <header>
        <h2><a href=${experimentAddress(experiment.key)}>${name}</a></h2>
        <span class="key">${experiment.key}</span>
        ${found.length > 0 ? html`<span class="alarms"><severity-sign
          severity=${found[0].severity}></severity-sign>${several(found.length)}</span>` : nothing}
        <state-badge .experiment=${experiment}></state-badge>
      </header>
      <experiment-panel .entry=${entry} .heard=${this.heard}></experiment-panel>
    </article></li>`;
  }
}

customElements.define('experiment-overview', ExperimentOverview);
