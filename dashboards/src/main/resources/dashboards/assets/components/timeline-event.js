import {LitElement, css, html, nothing} from 'lit';
import {who} from '../audit-words.js';
import {clockTime, sentence} from '../format.js';
import {AUDIT} from '../route.js';
import {basics} from '../styles.js';
import {largest, mark, words} from '../timeline.js';
import './event-mark.js';
import {explained} from './explained-note.js';
import './share-moves.js';

/** One thing that happened: when, what, who, and whose share changed. */
export class TimelineEvent extends LitElement {
  static properties = {event: {attribute: false}, colours: {attribute: false}};

  static styles = [basics, css`
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 .8rem;
      padding: .5rem 0;
    }
    .what {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .2rem;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 .8rem;
    }
    h4 {
      margin: 0;
      font-size: .95rem;
      overflow-wrap: anywhere;
    }
    .bad h4 {
      color: var(--bad);
    }
    .warn h4 {
      color: var(--warn);
    }
    .good h4 {
      color: var(--good);
    }
    .aside {
      color: var(--text-soft);
      font-size: .87rem;
    }
    time {
      margin-left: auto;
    }
    p {
      max-width: 60rem;
      font-size: .92rem;
      overflow-wrap: anywhere;
    }
  `];

  render() {
    const {event} = this;
    const {severity} = mark(event);
    const verdict = event.kind === 'verdict';
    return html`<event-mark .mark=${mark(event)}></event-mark>
      <div class="what ${severity}">
        <div class="head"><h4>${event.title}</h4>
          <span class="aside number">${event.version ? `version ${event.version}` : nothing}${
            event.kind === 'action' ? `by ${within(who(event))}` : nothing}${
            event.audit ? html`${verdict ? '' : ' · '}<a href=${this.#audit(event)}
              aria-label="Audit entry ${event.audit}">audit entry ${event.audit}</a>` : nothing}</span>
          <time class="aside number" datetime=${event.at}>${clockTime(Date.parse(event.at))}</time></div>
        ${this.#sentence(event)}
        ${largest(event).length > 0
          ? html`<share-moves .event=${event} .colours=${this.colours}></share-moves>` : nothing}
      </div>`;
  }

  /** The bars say which shares moved, so of a snapshot only the reason is left to say; the usual one needs no words. */
  #sentence(event) {
    if (event.kind !== 'snapshot' || largest(event).length === 0) return html`<p>${explained(words(event))}</p>`;
    return event.cause === 'moved' ? nothing : html`<p>${sentence(event.sentence.split('. ')[0])}</p>`;
  }

  #audit({audit}) {
    return `${AUDIT}?${new URLSearchParams({entry: audit})}`;
  }
}

/** Words that begin a sentence, within one; names are left as they are. */
const within = (name) => name.replace(/^(The|Somebody|A) /, (begin) => begin.toLowerCase());

customElements.define('timeline-event', TimelineEvent);
