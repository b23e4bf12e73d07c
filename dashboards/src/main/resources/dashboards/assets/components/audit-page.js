import {LitElement, css, html, nothing} from 'lit';
import * as api from '../api.js';
import {newer, older} from '../audit-log.js';
import {listed, table} from '../audit-words.js';
import {KeepsFocus} from '../focus.js';
import {count, sentence} from '../format.js';
import {Poll} from '../poll.js';
import {remember} from '../route.js';
import {basics, buttons, panels} from '../styles.js';
import './actor-name.js';
import './audit-filter.js';
import './audit-list.js';
import './export-menu.js';
import './help-term.js';
import './poll-status.js';

const PAGE = 50;
const TYPING_MILLIS = 250;
const FILTERS = ['experiment', 'actor', 'text', 'entry'];

const settings = (params) => Object.fromEntries(FILTERS.map((each) => [each, params?.get(each) ?? '']));

const narrowed = ({entry, ...filters}) => filters;

/** What to ask for: a single entry stands first, with what was done before it. */
const asked = (set) => ({...narrowed(set), before: set.entry ? Number(set.entry) + 1 : null});

const TRUST = 'An entry is written together with what it tells of, and never changes or goes. A name is what the '
  + 'sender of a request said of themselves; the server does not check it: a note, and no proof.';

const actors = (log) => [...new Set(log?.entries.map(({actor}) => actor) ?? [])];

/**
 * Who changed what, and why, the latest first. What it is narrowed to stands in the address. Newer entries come by
 * themselves, at once when `changes` grows; older ones are read page by page. `experiments` are the keys of those that
 * there still are.
 */
export class AuditPage extends LitElement {
  static properties = {
    params: {attribute: false}, experiments: {attribute: false}, changes: {type: Number}, set: {state: true},
    reading: {state: true}, failed: {state: true},
  };

  static styles = [basics, buttons, panels, css`
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .3rem 1rem;
      margin-bottom: .3rem;
    }
    h1 {
      flex: 1 1 auto;
    }
    actor-name {
      margin-top: .4rem;
    }
    audit-filter {
      margin: .9rem 0;
    }
    .more {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .5rem 1rem;
      margin-top: .8rem;
    }
    .none {
      padding: 1rem 0;
      text-align: center;
    }
  `];

  /** What was read so far of what is asked for, as {asked, entries, next}; null before. */
  #log = null;
  #typing = 0;
  #poll = new Poll(this, (signal) => this.#read(signal));

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('.more [tabindex]'));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  willUpdate(changed) {
    if (changed.has('params')) {
      const set = settings(this.params);
      if (FILTERS.some((each) => set[each] !== this.set?.[each])) this.set = set;
    }
    if ((changed.has('set') && this.hasUpdated) || changed.get('changes') !== undefined) this.#soon();
  }

  render() {
    const {failure, at} = this.#poll;
    const log = this.#log?.asked === this.set ? this.#log : null;
    return html`<header>
        <h1 tabindex="-1">Audit</h1>
        <export-menu subject="audit" ?hidden=${!(log?.entries.length > 0)}
          .table=${() => table(log)}></export-menu>
      </header>
      <p class="aside">Who changed what, when and why: people, programs, and the guardrails of the server itself.
        <help-term .text=${TRUST}>How far this can be trusted</help-term></p>
      <actor-name lead="What you do on these pages goes"></actor-name>
      <audit-filter .set=${narrowed(this.set)} .experiments=${[...this.experiments ?? []]} .actors=${actors(log)}
        @filter-changed=${this.#filter}></audit-filter>
      <poll-status .failure=${failure} .at=${at} @again-wanted=${() => this.#poll.again()}></poll-status>
      ${log ? this.#found(log) : failure ? nothing : html`<p class="aside" aria-busy="true">Reading the log…</p>`}`;
  }

  #found({entries, next}) {
    return html`<section class="panel" aria-label="Entries">
      ${entries.length === 0 ? html`<p class="none">${Object.values(this.set).some((each) => each !== '')
        ? 'Nothing like that is in the log.' : 'Nothing has been done yet.'}</p>`
        : html`<audit-list .entries=${entries} .marked=${Number(this.set.entry)}
          .experiments=${this.experiments}></audit-list>`}
      <div class="more"><span class="aside number" role="status" tabindex="-1">${listed(this.set)}: ${next === null
        ? `all ${count(entries.length)}` : `the latest ${count(entries.length)}`}</span>
        ${next === null ? nothing : html`<button class="plain" type="button" aria-disabled=${Boolean(this.reading)}
          @click=${() => this.#older(next)}>${this.reading ? 'Reading…' : 'Older'}</button>`}
        ${this.set.entry
          ? html`<button class="plain" type="button" @click=${this.#filter}>The latest</button>` : nothing}
        ${this.failed ? html`<span class="aside" role="alert">${this.failed}</span>` : nothing}</div></section>`;
  }

  #filter(event) {
    this.set = {...this.set, entry: '', ...event.detail};
    remember(this.set);
  }

  /** Not with every letter. */
  #soon() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#poll.again(), TYPING_MILLIS);
  }

  async #read(signal) {
    this.set ??= settings(this.params);
    const asked = this.set;
    const page = await this.#page({}, signal);
    this.#log = {asked, ...newer(this.#log?.asked === asked ? this.#log : null, page)};
    return this.#log;
  }

  async #older(next) {
    if (this.reading) return;
    const asked = this.set;
    Object.assign(this, {reading: true, failed: null});
    try {
      const page = await this.#page({before: next});
      // So much may have come in meanwhile that the log was begun anew: then it ends elsewhere.
      if (this.#log.asked === asked && this.#log.next === next) this.#log = {asked, ...older(this.#log, page)};
    } catch (failure) {
      this.failed = sentence(failure.message);
    }
    this.reading = false;
  }

  #page = (more, signal) => api.audit({...asked(this.set), ...more, limit: PAGE}, signal);
}

customElements.define('audit-page', AuditPage);
