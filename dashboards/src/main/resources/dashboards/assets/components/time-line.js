import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {KeepsFocus} from '../focus.js';
import {News} from '../news.js';
import {controlFirst} from '../order.js';
import {colourNumbers} from '../palette.js';
import {Poll} from '../poll.js';
import {basics, buttons, notices, panels} from '../styles.js';
import {KINDS, byDay, caughtUp, older, pageFrom, quiet, table, trimmed} from '../timeline.js';
import {meanings} from '../words.js';
import './export-menu.js';
import './help-term.js';
import './poll-status.js';
import './quiet-moves.js';
import './share-link.js';
import './timeline-event.js';

const ENTRY_MEANING = 'All entries of the audit log are numbered in the order in which they were '
  + 'written, over all experiments.';

/**
 * Everything that happened to an experiment, by day and the latest first. What happens while somebody looks is added on
 * top, and what they look at stays where it is.
 *
 * @fires kinds-chosen   `detail` are the kinds to show
 */
export class TimeLine extends LitElement {
  static properties = {entry: {attribute: false}, kinds: {attribute: false}, known: {state: true},
    reading: {state: true}, failed: {state: true}, said: {state: true}};

  static styles = [basics, buttons, notices, panels, css`
    header, .filter {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .4rem .8rem;
    }
    header {
      margin-bottom: .4rem;
    }
    h2 {
      flex: 1 1 auto;
    }
    .filter button[aria-pressed="true"] {
      border-color: var(--text);
      background: var(--text);
      color: var(--surface);
      font-weight: 600;
    }
    poll-status {
      margin-top: .5rem;
    }
    .list {
      overflow-anchor: none;
    }
    h3 {
      position: sticky;
      top: 0;
      z-index: 1;
      padding: .5rem 0 .3rem;
      background: var(--surface);
      font-size: .87rem;
      color: var(--text-soft);
    }
    ol {
      list-style: none;
    }
    li {
      border-top: 1px solid var(--line);
    }
    .more {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .6rem;
      margin-top: .8rem;
    }
    .empty {
      padding: 1.2rem;
      border: 1px dashed var(--line-strong);
      border-radius: 6px;
      color: var(--text-soft);
      text-align: center;
    }
  `];

  #poll = new Poll(this, () => this.#catchUp());
  #news = new News(this, () => this.#poll.again());
  #anchor = null;

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('.more [tabindex]'));
  }

  willUpdate(changed) {
    const before = changed.get('entry');
    if (before && happened(before, this.entry)) this.#news.heard();
    if (changed.get('kinds')) this.#anew();
    this.#anchor = changed.has('known') ? this.#inSight() : null;
  }

  /** Keeps in its place what is looked at: nothing moves because something happened above it. */
  async updated() {
    if (!this.#anchor) return;
    const {id, top} = this.#anchor;
    // New events have their height only once they and what is in them are drawn, all of it before the next picture.
    await Promise.all(this.#drawn('timeline-event, quiet-moves'));
    await Promise.all(this.#drawn('timeline-event', 'share-moves'));
    const now = this.renderRoot.getElementById(id)?.getBoundingClientRect().top;
    if (now !== undefined && Math.abs(now - top) > 1) scrollBy(0, now - top);
  }

  render() {
    const {known} = this;
    return html`<header><h2>What happened</h2>
        <div class="filter" role="group" aria-label="Show">${KINDS.map(({key, name}) => html`<button
          class="plain" type="button" aria-pressed=${this.kinds.includes(key)}
          @click=${() => this.#toggle(key)}>${name}</button>`)}</div>
        <export-menu of=${this.entry.experiment.key} subject="history"
          .table=${() => table(this.entry.experiment.key, this.#asked())}></export-menu>
        <share-link></share-link></header>
      <p class="aside">Every ${KINDS.map(({name, meaning}, place) => html`${place === 0 ? '' : place === 2 ? ' and '
        : ', '}<help-term .text=${meaning}>${['change of shares', 'finding of a guardrail', 'deed of a person'][place]
        ?? name}</help-term>`)}, the latest first. Shares that were served have a <help-term
        .text=${meanings(this.entry.experiment).version}>version</help-term>; what is in the audit log, the <help-term
        .text=${ENTRY_MEANING}>number of its entry</help-term>.</p>
      <poll-status .failure=${this.#poll.failure} .at=${this.#poll.at}
        @again-wanted=${() => this.#poll.again()}></poll-status>
      <p class="heard" role="status">${this.said}</p>
      ${known ? this.#list(known) : this.#poll.failure ? nothing
        : html`<p class="empty" aria-busy="true">Loading what happened…</p>`}`;
  }

  #list({events, next}) {
    if (events.length === 0) {
      return html`<p class="empty">${this.#asked().length > 0 ? 'Nothing of this kind has happened yet.'
        : 'Nothing has happened yet: what does will stand here at once.'}</p>`;
    }
    const {experiment} = this.entry;
    const colours = colourNumbers(controlFirst(experiment.arms));
    return html`<div class="list">${repeat(byDay(events), ({day}) => day, ({day, lines}) => html`<section
        aria-label=${day}><h3>${day}</h3>
        <ol>${repeat(lines, ({id}) => id, ({id, events: those}) => html`<li id=${id}>${quiet(those[0])
          ? html`<quiet-moves .events=${those} .by=${experiment.segments?.attribute}></quiet-moves>`
          : html`<timeline-event .event=${those[0]} .colours=${colours}></timeline-event>`}</li>`)}</ol></section>`)}</div>
      <div class="more">${next === null
        ? html`<span class="aside" tabindex="-1">That is all, back to when the experiment was created.</span>`
        : html`<button class="plain" type="button" aria-disabled=${Boolean(this.reading)}
          @click=${this.#older}>${this.reading ? 'Reading…' : 'Show older'}</button>`}
        ${this.failed ? html`<span class="notice warn" role="alert">Older events could not be read. Try again.</span>`
          : nothing}</div>`;
  }

  /** When every element of these names is drawn, or what is within it. */
  #drawn(names, inner) {
    const all = [...this.renderRoot.querySelectorAll(names)];
    return all.map((each) => (inner ? each.renderRoot.querySelector(inner) : each)?.updateComplete);
  }

  /** The event that stands highest in what can be seen, once the top of the list is out of sight. */
  #inSight() {
    const items = [...this.renderRoot.querySelectorAll('li')];
    if (items.length === 0 || items[0].getBoundingClientRect().top > 0) return null;
    const item = items.find((each) => each.getBoundingClientRect().bottom > 0) ?? items.at(-1);
    return {id: item.id, top: item.getBoundingClientRect().top};
  }

  /** All kinds are asked for by naming none. */
  #asked() {
    return this.kinds.length === KINDS.length ? [] : this.kinds;
  }

  #toggle(key) {
    const chosen = KINDS.map((kind) => kind.key).filter((each) => this.kinds.includes(each) !== (each === key));
    this.dispatchEvent(new CustomEvent('kinds-chosen', {detail: chosen}));
  }

  #anew() {
    Object.assign(this, {known: undefined, failed: false});
    this.#poll.again();
  }

  async #catchUp() {
    const {kinds} = this;
    const before = this.known;
    const {fresh, ...now} = await caughtUp(this.entry.experiment.key, this.#asked(), before);
    if (kinds !== this.kinds) return null;
    // Older ones may have been read meanwhile: then those are kept, and the next look adds what is new.
    if (before !== this.known) return this.known;
    if (!before || fresh.length > 0) this.known = trimmed(now, this.#inSight()?.id);
    if (before) this.#say(fresh.filter(({kind}) => kind !== 'snapshot'));
    return this.known;
  }

  /** Shares move too often to be told each time. */
  #say(fresh) {
    if (fresh.length === 0) return;
    this.said = `${fresh.length === 1 ? 'New' : `${fresh.length} new, the latest`}: ${fresh[0].title}.`;
  }

  async #older() {
    if (this.reading) return;
    const {kinds, known: {next}} = this;
    Object.assign(this, {reading: true, failed: false});
    try {
      const page = await pageFrom(this.entry.experiment.key, this.#asked(), next);
      // Newer ones may have come in on top, or the list may end elsewhere by now.
      if (kinds === this.kinds && this.known.next === next) this.known = older(this.known, page);
    } catch {
      this.failed = true;
    }
    this.reading = false;
  }
}

/** Whether something happened, rather than that the same allocation has newer numbers. */
const happened = (before, now) =>
  before.experiment !== now.experiment || before.snapshot?.version !== now.snapshot?.version;

customElements.define('time-line', TimeLine);
