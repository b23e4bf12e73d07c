import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {clockTime} from '../format.js';
import {basics, buttons} from '../styles.js';
import {explained} from './explained-note.js';
import './severity-sign.js';
import './time-since.js';

const FEW = 3;

/** What is wrong anywhere, each with where to act, the worst first: `troubles` of troubles.js; else what is `calm`. */
export class TroubleStrip extends LitElement {
  static properties = {troubles: {attribute: false}, calm: {attribute: false}, all: {state: true}};

  static styles = [basics, buttons, css`
    ul + .calm, button + .calm {
      margin-top: .4rem;
    }
    .calm {
      display: flex;
      align-items: center;
      gap: .5rem;
      color: var(--text-soft);
      font-size: .92rem;
    }
    ul {
      display: grid;
      gap: .4rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      align-items: start;
      gap: .1rem .6rem;
      padding: .5rem .8rem;
      border-left: 4px solid var(--warn);
      border-radius: 6px;
      background: var(--warn-ground);
      overflow-wrap: anywhere;
    }
    li.bad {
      border-color: var(--bad);
      background: var(--bad-ground);
    }
    severity-sign {
      margin-top: .15em;
    }
    .note {
      font-size: .87rem;
    }
    .since {
      font-size: .82rem;
    }
    .frozen {
      margin-left: .4rem;
      padding: 0 .5rem;
      border-radius: 99px;
      background: var(--bad);
      color: var(--surface);
      font-size: .78rem;
      font-weight: 600;
      white-space: nowrap;
    }
    .act {
      align-self: center;
      padding: .25rem .7rem;
      border: 1px solid var(--line-strong);
      border-radius: 6px;
      background: var(--surface);
      color: var(--text);
      font-size: .87rem;
      font-weight: 600;
      text-decoration: none;
      white-space: nowrap;
    }
    .act:hover {
      text-decoration: underline;
    }
    button {
      margin-top: .4rem;
    }
    @media (max-width: 40rem) {
      li {
        grid-template-columns: auto minmax(0, 1fr);
      }
      .act {
        grid-column: 2;
        justify-self: start;
        margin-top: .3rem;
      }
    }
  `];

  render() {
    const {troubles} = this;
    if (troubles.length === 0) {
      return html`<p class="calm"><severity-sign severity=${this.calm.severity}></severity-sign>${
        this.calm.text}</p>`;
    }
    const shown = this.all ? troubles : troubles.slice(0, FEW);
    return html`<ul role="list" aria-label="Needs you now">${
        repeat(shown, ({id}) => id, (each) => this.#one(each))}</ul>
      ${troubles.length > FEW ? html`<button class="plain" type="button" aria-expanded=${Boolean(this.all)}
        @click=${() => { this.all = !this.all; }}>${this.all ? 'Show the worst only'
          : `Show all ${troubles.length}`}</button>` : nothing}
      ${this.calm.missing ? html`<p class="calm"><severity-sign severity="note"></severity-sign>${
        this.calm.missing}</p>` : nothing}`;
  }

  #one({severity, about, title, note, frozen, since, address, act}) {
    return html`<li class=${severity}>
      <severity-sign severity=${severity}></severity-sign>
      <div><strong>${about}: ${title}</strong>${frozen
        ? html`<span class="frozen">Learning is frozen</span>` : nothing}
        <p class="note">${explained(note)}${since === null ? nothing : html` <span class="since number">Since ${
          clockTime(since)} (<time-since at=${since}></time-since>).</span>`}</p></div>
      <a class="act" href=${address} aria-label="${act}: ${about}">${act}</a>
    </li>`;
  }
}

customElements.define('trouble-strip', TroubleStrip);
