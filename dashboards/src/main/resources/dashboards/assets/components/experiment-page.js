import {LitElement, css, html, nothing} from 'lit';
import {Fetched} from '../fetched.js';
import {OVERVIEW, SECTIONS, experimentAddress} from '../route.js';
import {basics} from '../styles.js';
import './experiment-actions.js';
import './part-status.js';
import './state-badge.js';

const NAMES = {live: 'Live', evidence: 'Evidence', 'what-if': 'What if', history: 'History', edit: 'Settings'};

const RETRY_MILLIS = 5_000;

const FETCHED = {
  live: () => import('./experiment-panel.js'),
  evidence: () => import('./evidence-section.js'),
  'what-if': () => import('./what-if-section.js'),
  history: () => import('./history-section.js'),
  edit: () => import('./experiment-edit.js'),
};

/**
 * One experiment: its name, what may be done with it, and one of its sections. Where there is no `entry`, the
 * experiments are read anew by `look`, whose promise tells whether they were, before anything is said.
 */
export class ExperimentPage extends LitElement {
  static properties = {
    entry: {attribute: false}, heard: {attribute: false}, key: {attribute: false}, section: {attribute: false},
    params: {attribute: false}, look: {attribute: false}, missing: {state: true},
  };

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
    experiment-actions {
      margin-left: auto;
    }
    .sections {
      display: flex;
      flex-wrap: wrap;
      gap: .2rem;
      margin-bottom: .8rem;
      font-size: .95rem;
    }
    .sections a {
      padding: .3rem .8rem;
      border-radius: 99px;
      color: var(--text-soft);
      text-decoration: none;
    }
    .sections a:hover {
      background: var(--raised);
    }
    .sections a[aria-current] {
      background: var(--surface);
      box-shadow: 0 0 0 1px var(--line-strong);
      color: var(--text);
      font-weight: 600;
    }
    article {
      padding: 1.2rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow);
    }
  `];

  #fetched = new Fetched(this, FETCHED);

  willUpdate(changed) {
    if (this.entry) this.missing = false;
    else if (changed.has('entry') || !this.hasUpdated) this.#ask();
  }

  render() {
    return html`<nav aria-label="Breadcrumb"><a href=${OVERVIEW}>← All experiments</a></nav>
      ${this.entry ? this.#found(this.entry) : this.missing ? this.#nowhere()
        : html`<p aria-busy="true">Looking for the experiment…</p>`}`;
  }

  #found(entry) {
    const {experiment} = entry;
    return html`<header>
        <h1 tabindex="-1">${experiment.name ?? experiment.key}</h1>
        <span class="key">${experiment.key}</span>
        <state-badge .experiment=${experiment}></state-badge>
        <experiment-actions .entry=${entry}></experiment-actions>
      </header>
      <nav class="sections" aria-label="Sections">${SECTIONS.map((section) => html`<a
        href=${experimentAddress(experiment.key, section)}
        aria-current=${section === this.section ? 'page' : nothing}>${NAMES[section]}</a>`)}</nav>
      <article aria-label=${NAMES[this.section]}>${this.#section(entry)}</article>`;
  }

  #section(entry) {
    const {section, params, heard} = this;
    if (!this.#fetched.has(section)) return html`<part-status ?failed=${this.#fetched.failed(section)}
      @again-wanted=${() => this.#fetched.load(section)}></part-status>`;
    if (section === 'evidence') return html`<evidence-section .entry=${entry} .params=${params}></evidence-section>`;
    if (section === 'what-if') return html`<what-if-section .entry=${entry} .params=${params}></what-if-section>`;
    if (section === 'history') return html`<history-section .entry=${entry} .params=${params}></history-section>`;
    if (section === 'edit') return html`<experiment-edit .entry=${entry}></experiment-edit>`;
    return html`<experiment-panel .entry=${entry} .heard=${heard} .params=${params}></experiment-panel>`;
  }

  async #ask() {
    const answered = await this.look();
    if (this.entry || !this.isConnected) return;
    if (answered) this.missing = true;
    else setTimeout(() => this.#ask(), RETRY_MILLIS);
  }

  #nowhere() {
    return html`<header><h1 tabindex="-1">No such experiment</h1></header>
      <article><p>There is no experiment with the key <code>${this.key}</code>. It may have been deleted, or the address
        may have a typing error.</p></article>`;
  }
}

customElements.define('experiment-page', ExperimentPage);
