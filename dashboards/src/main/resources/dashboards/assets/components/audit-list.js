import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {changes, told, tone, what, who} from '../audit-words.js';
import {clockTime} from '../format.js';
import {experimentAddress} from '../route.js';
import {basics} from '../styles.js';
import {explained} from './explained-note.js';
import './severity-sign.js';

/** Entries of the audit log: who did what, when and why. `experiments` are the keys of those that there still are. */
export class AuditList extends LitElement {
  static properties = {entries: {attribute: false}, experiments: {attribute: false}, marked: {type: Number}};

  static styles = [basics, css`
    ol {
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: auto 11rem minmax(0, 1fr);
      align-items: baseline;
      gap: .1rem .8rem;
      padding: .6rem 0;
      border-top: 1px solid var(--line);
      overflow-wrap: anywhere;
    }
    li:first-child {
      border-top: none;
    }
    li[aria-current] {
      margin-inline: -.6rem;
      padding-inline: .6rem;
      border-radius: 6px;
      background: var(--raised);
    }
    severity-sign {
      align-self: start;
      margin-top: .2em;
    }
    .when, .who {
      display: block;
      color: var(--text-soft);
      font-size: .87rem;
    }
    .what {
      font-weight: 600;
    }
    .change {
      font-size: .87rem;
    }
    summary {
      width: fit-content;
      color: var(--text-soft);
      font-size: .82rem;
      cursor: pointer;
    }
    pre {
      max-height: 22rem;
      margin: .3rem 0 0;
      padding: .5rem .7rem;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--ground);
      font: .8rem/1.45 var(--mono);
    }
    @media (max-width: 40rem) {
      li {
        grid-template-columns: auto minmax(0, 1fr);
      }
      .says {
        grid-column: 2;
      }
    }
  `];

  render() {
    return html`<ol role="list">${repeat(this.entries, ({id}) => id, (entry) => this.#entry(entry))}</ol>`;
  }

  #entry(entry) {
    const {experiment, at, detail} = entry;
    return html`<li aria-current=${entry.id === this.marked ? 'true' : nothing}>
      <severity-sign severity=${tone(entry)}></severity-sign>
      <div><time class="when number" datetime=${at}>${clockTime(Date.parse(at))}</time>
        <span class="who">${who(entry)}</span></div>
      <div class="says"><p><span class="what">${what(entry)}</span>${experiment
        ? html` · ${this.experiments?.has(experiment)
          ? html`<a href=${experimentAddress(experiment)}>${experiment}</a>` : experiment}` : nothing}</p>
        <p>${explained(told(entry))}</p>
        ${changes(entry).map(({field, from, to}) => html`<p class="change"><code>${field}</code>: ${from} → ${to}</p>`)}
        ${Object.keys(detail ?? {}).length === 0 ? nothing : html`<details @toggle=${this.#unfold}><summary>Details
          </summary><pre tabindex="0" data-id=${entry.id}></pre></details>`}</div>
    </li>`;
  }

  /** Written out only when somebody looks. */
  #unfold({target}) {
    const pre = target.querySelector('pre');
    if (!target.open || pre.textContent) return;
    const entry = target.getRootNode().host.entries.find(({id}) => id === Number(pre.dataset.id));
    pre.textContent = JSON.stringify(entry.detail, null, 2);
  }
}

customElements.define('audit-list', AuditList);
