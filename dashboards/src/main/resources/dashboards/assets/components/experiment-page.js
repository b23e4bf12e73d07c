import {LitElement, css, html} from 'lit';
import {OVERVIEW} from '../route.js';
import {basics} from '../styles.js';
import './experiment-panel.js';
import './state-badge.js';

/** One experiment, large. */
export class ExperimentPage extends LitElement {
  static properties = {entry: {attribute: false}, heard: {attribute: false}, key: {attribute: false}};

  static styles = [basics, css`
    nav {
      margin-bottom: .6rem;
      font-size: .92rem;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem .9rem;
      margin-bottom: 1rem;
    }
    h1 {
      font-size: 1.5rem;
      line-height: 1.2;
      overflow-wrap: anywhere;
    }
    .key {
      color: var(--text-soft);
      overflow-wrap: anywhere;
    }
    article {
      padding: 1.2rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow);
    }
  `];

  render() {
    return html`<nav aria-label="Breadcrumb"><a href=${OVERVIEW}>← All experiments</a></nav>
      ${this.entry ? this.#found(this.entry) : this.#missing()}`;
  }

  #found(entry) {
    const {experiment} = entry;
    return html`<header>
        <h1 tabindex="-1">${experiment.name ?? experiment.key}</h1>
        <span class="key">${experiment.key}</span>
        <state-badge .experiment=${experiment}></state-badge>
      </header>
      <article aria-label="Live allocation">
        <experiment-panel full .entry=${entry} .heard=${this.heard}></experiment-panel>
      </article>`;
  }

  #missing() {
    return html`<header><h1 tabindex="-1">No such experiment</h1></header>
      <article><p>There is no experiment with the key <code>${this.key}</code>. It may have been deleted, or the address
        may have a typing error.</p></article>`;
  }
}

customElements.define('experiment-page', ExperimentPage);
