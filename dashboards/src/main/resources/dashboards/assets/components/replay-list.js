import {LitElement, css, html, nothing} from 'lit';
import {by} from '../audit-words.js';
import {clockTime, count, isolated} from '../format.js';
import {basics} from '../styles.js';
import './time-since.js';

const SHOWN_MOST = 5;

/** What was settled again of a source, the latest first, and how far it is. */
export class ReplayList extends LitElement {
  static properties = {replays: {attribute: false}};

  static styles = [basics, css`
    ol {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .5rem;
      list-style: none;
    }
    li {
      padding: .5rem .7rem;
      border-left: 4px solid var(--good);
      border-radius: 6px;
      background: var(--quiet-ground);
      font-size: .9rem;
      overflow-wrap: anywhere;
    }
    .running {
      border-color: var(--focus);
    }
    .soft {
      color: var(--text-soft);
    }
  `];

  render() {
    return html`<ol role="list" aria-label="Settled again">${this.replays.slice(0, SHOWN_MOST)
      .map((each) => this.#replay(each))}</ol>`;
  }

  #replay({from, to, metrics = {}, actor, reason, startedAt, finishedAt, walked, changed}) {
    const renamed = Object.entries(metrics).map(([before, after]) => `“${before}” as “${after}”`).join(', ');
    return html`<li class=${finishedAt ? nothing : 'running'}>
      <div class="number"><strong role="status">${finishedAt ? 'Finished' : 'Running'}</strong>:
        ${count(walked)} settled again, ${count(changed)} came out differently</div>
      <div>“${isolated(reason)}” – ${isolated(by({actor}))}</div>
      <div class="soft">Arrived from ${clockTime(Date.parse(from))} to ${clockTime(Date.parse(to))}${
        renamed ? `; ${renamed}` : ''}. Begun <time-since at=${Date.parse(startedAt)}></time-since> ago.</div></li>`;
  }
}

customElements.define('replay-list', ReplayList);
