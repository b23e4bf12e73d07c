import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {engage} from '../actions.js';
import {announcement} from '../alarms.js';
import {Board} from '../board.js';
import {Fetched} from '../fetched.js';
import {KeepsFocus, focused, toHeading} from '../focus.js';
import {ended} from '../format.js';
import {FETCHED, PAGES, TITLES} from '../pages.js';
import {OVERVIEW, route} from '../route.js';
import {basics, buttons, notices} from '../styles.js';
import './confirm-dialog.js';
import './experiment-page.js';
import './first-experiment.js';
import './kill-banner.js';
import './live-status.js';
import './no-page.js';
import './part-status.js';
import './silence-banner.js';
import './undo-toast.js';

const DAYS_AT_FIRST = 7;

/** The frame around every page: the bar with the state of the connection, and the page the address asks for. */
export class DashboardApp extends LitElement {
  static styles = [basics, buttons, notices, css`
    header {
      position: sticky;
      top: 0;
      z-index: 1;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .3rem 1.2rem;
      padding: .6rem max(1rem, calc((100vw - 96rem) / 2));
      border-bottom: 1px solid var(--line);
      background: var(--surface);
    }
    .home {
      display: flex;
      align-items: center;
      gap: .5rem;
      color: var(--text);
      font-weight: 700;
      text-decoration: none;
    }
    .left {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem 1.4rem;
    }
    nav {
      display: flex;
      gap: .2rem;
    }
    nav a {
      padding: .25rem .6rem;
      border-radius: 6px;
      color: var(--text-soft);
      font-size: .95rem;
      text-decoration: none;
    }
    nav a:hover {
      background: var(--raised);
    }
    nav a[aria-current] {
      background: var(--raised);
      color: var(--text);
      font-weight: 600;
    }
    .right {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem 1rem;
    }
    @media (max-width: 40rem) {
      .right, .left {
        display: contents;
      }
      nav {
        order: 1;
      }
      .kill {
        order: 0;
      }
      live-status {
        order: 2;
        width: 100%;
      }
    }
    .skip {
      position: absolute;
      left: -100vw;
    }
    .skip:focus {
      left: .5rem;
    }
    main {
      padding: 1.2rem max(1rem, calc((100vw - 96rem) / 2)) 3rem;
    }
    main:focus {
      outline: none;
    }
    .trouble {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .5rem;
      max-width: 52rem;
      margin: 0 auto 1rem;
    }
    .trouble span {
      flex: 1 1 20rem;
    }
    .loading {
      color: var(--text-soft);
    }
  `];

  #board = new Board();
  #focus = new KeepsFocus(this);
  /** Whether the kill switch was engaged when something was last asked for. */
  #engaged = false;
  #fetched = new Fetched(this, FETCHED);
  #route = route();
  /** Over how many days pages about sources count. */
  #days = DAYS_AT_FIRST;
  /** The keys of all experiments: the same set for as long as they are the same. */
  #keys = new Set();

  connectedCallback() {
    super.connectedCallback();
    this.#board.addEventListener('change', () => this.requestUpdate());
    addEventListener('hashchange', () => this.#navigate());
    this.addEventListener('focus-lost', (event) => this.#lost(event));
    this.#board.start();
  }

  willUpdate() {
    const {entries} = this.#board;
    if (this.#keys.size !== entries.size || [...entries.keys()].some((key) => !this.#keys.has(key))) {
      this.#keys = new Set(entries.keys());
    }
  }

  render() {
    const {live, heard, learned, failure, killSwitch, judged} = this.#board;
    return html`
      <header>
      <div class="bar">
        <button class="plain skip" type="button" @click=${this.#skip}>Skip to the content</button>
        <div class="left">
          <a class="home" href=${OVERVIEW}><img src="/favicon.svg" alt="" width="24" height="24">Bandolier</a>
          <nav aria-label="Pages">${PAGES.map(([address, name, pages]) =>
            this.#link(address, name, pages.includes(this.#route.page)))}</nav>
        </div>
        <div class="right">
          <live-status .live=${live} .heard=${heard} .learned=${learned}></live-status>
          ${killSwitch.engaged ? nothing : html`<button class="plain danger kill" type="button"
            @click=${() => this.#ask(engage())}>Kill switch…</button>`}
        </div>
      </div>
      <kill-banner .killSwitch=${killSwitch} @action-wanted=${(event) => this.#ask(event.detail)}></kill-banner>
      <silence-banner .heard=${heard}></silence-banner>
      </header>
      <main tabindex="-1" @action-wanted=${(event) => this.#ask(event.detail)} @days-chosen=${this.#choose}>
        ${this.#ofExperiments() ? html`${failure ? this.#trouble(failure) : nothing}${this.#page()}` : this.#other()}
      </main>
      <p class="heard" role="status">${judged.map(announcement).join(' ')}</p>
      <confirm-dialog @action-done=${(event) => this.#done(event.detail)}></confirm-dialog>
      <undo-toast></undo-toast>`;
  }

  updated() {
    document.title = `${this.#board.live === false ? 'Not live · ' : ''}${this.#title()} · Bandolier`;
  }

  #title() {
    const {page, key} = this.#route;
    if (TITLES[page]) return TITLES[page];
    if (page === 'source') return `${key} · Sources`;
    const entry = this.#board.entries.get(key);
    return entry ? entry.experiment.name ?? entry.experiment.key : 'Experiments';
  }

  #ofExperiments = () => ['overview', 'experiment'].includes(this.#route.page);

  #link = (address, name, current) =>
    html`<a href=${address} aria-current=${current ? 'page' : nothing}>${name}</a>`;

  /** A page of its own for each source, so that nothing that stands in a form of one is sent to another. */
  #other() {
    const {page, key, params} = this.#route;
    if (page === 'none') return html`<no-page></no-page>`;
    if (!this.#fetched.has(page)) return this.#coming(page);
    if (page === 'new') return html`<experiment-new .params=${params}></experiment-new>`;
    if (page === 'audit') return html`<audit-page .params=${params}
      .experiments=${this.#keys} changes=${this.#board.changes}></audit-page>`;
    return page === 'sources' ? html`<sources-page days=${this.#days}></sources-page>`
      : html`${repeat([key], (each) => each, () => html`<source-page .key=${key} days=${this.#days}></source-page>`)}`;
  }

  #coming = (page) => html`<part-status ?failed=${this.#fetched.failed(page)}
    @again-wanted=${() => this.#fetched.load(page)}></part-status>`;

  /** What was done is said; the dialog gives the focus back, unless what had it is gone by then. */
  #done(action) {
    if (!focused()) this.#land(this.#board.killSwitch.engaged !== this.#engaged);
    this.renderRoot.querySelector('undo-toast').show(action);
  }

  /** Whoever goes to another page gets its heading by that. */
  #lost(event) {
    const [from] = event.composedPath();
    const ofSwitch = from.localName === 'kill-banner' || Boolean(event.detail?.matches('.kill'));
    if (from !== this || ofSwitch) this.#land(ofSwitch);
  }

  /** The kill switch is engaged here and released there: the focus goes from one to the other, else to the heading. */
  async #land(ofSwitch) {
    await this.updateComplete;
    const banner = this.renderRoot.querySelector('kill-banner');
    await banner.updateComplete;
    const other = banner.renderRoot.querySelector('button') ?? this.renderRoot.querySelector('.kill');
    if (ofSwitch) other?.focus();
    else toHeading(this.renderRoot.querySelector('main'));
  }

  #choose(event) {
    this.#days = event.detail;
    this.requestUpdate();
  }

  #page() {
    const {state, entries, heard} = this.#board;
    if (state === 'loading') return html`<p class="loading" aria-busy="true">Loading the experiments…</p>`;
    if (state === 'failed') return nothing;
    const {page, key, section, params} = this.#route;
    if (page === 'experiment') {
      return html`${repeat([key], (each) => each, () => html`<experiment-page .key=${key} .entry=${entries.get(key)}
        .heard=${heard} .section=${section} .params=${params} .look=${this.#look}></experiment-page>`)}`;
    }
    if (entries.size === 0) return html`<first-experiment></first-experiment>`;
    if (!this.#fetched.has(page)) return this.#coming(page);
    return html`<experiment-overview .entries=${entries} .heard=${heard} .params=${params}
      ?control=${this.#board.killSwitch.engaged}></experiment-overview>`;
  }

  #look = () => this.#board.load();

  #trouble(failure) {
    return html`<div class="notice bad trouble" role="alert">
      <span>The experiments could not be read: ${ended(failure.message)} Trying again every few seconds.</span>
      <button class="plain" type="button" @click=${() => this.#board.load()}>Try now</button></div>`;
  }

  async #navigate() {
    const to = route();
    this.#route = to;
    this.requestUpdate();
    await this.#fetched.load(to.page);
    await this.updateComplete;
    const main = this.renderRoot.querySelector('main');
    await Promise.all([...main.children].map((each) => each.updateComplete));
    // Whoever has gone on meanwhile is where they want to be.
    if (this.#route !== to) return;
    scrollTo(0, 0);
    toHeading(main);
  }

  #ask(action) {
    this.#engaged = this.#board.killSwitch.engaged;
    this.renderRoot.querySelector('confirm-dialog').ask(action);
  }

  #skip() {
    this.renderRoot.querySelector('main').focus();
  }
}

customElements.define('dashboard-app', DashboardApp);
