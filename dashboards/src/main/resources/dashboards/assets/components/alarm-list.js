import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {alarms, freezing} from '../alarms.js';
import {thaw, wanted} from '../actions.js';
import {KeepsFocus} from '../focus.js';
import {capital, clockTime} from '../format.js';
import {release} from '../quarantines.js';
import {basics, buttons} from '../styles.js';
import {explained} from './explained-note.js';
import './severity-sign.js';
import './time-since.js';

/**
 * What the guardrails of an experiment have found, the worst first.
 *
 * @fires action-wanted   to thaw, or to release an origin from quarantine
 */
export class AlarmList extends LitElement {
  static properties = {entry: {attribute: false}};

  static styles = [basics, buttons, css`
    ul {
      display: grid;
      gap: .5rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: .1rem .6rem;
      padding: .55rem .7rem;
      border-left: 4px solid var(--quiet);
      border-radius: 6px;
      background: var(--quiet-ground);
      font-size: .92rem;
    }
    .bad {
      border-color: var(--bad);
      background: var(--bad-ground);
    }
    .warn {
      border-color: var(--warn);
      background: var(--warn-ground);
    }
    .good {
      border-color: var(--good);
      background: var(--good-ground);
    }
    severity-sign {
      margin-top: .12em;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 0 .8rem;
      justify-content: space-between;
    }
    .head strong {
      overflow-wrap: anywhere;
    }
    .bad strong {
      color: var(--bad);
    }
    .warn strong {
      color: var(--warn);
    }
    .good strong {
      color: var(--good);
    }
    .since {
      font-size: .87rem;
    }
    p {
      grid-column: 2;
      overflow-wrap: anywhere;
    }
    button {
      margin-top: .3rem;
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this);
  }

  willUpdate() {
    this.hidden = this.#shown().length === 0;
  }

  render() {
    const {experiment, snapshot} = this.entry;
    const frozen = experiment.state !== 'ended' ? freezing(snapshot).map(({id}) => id) : [];
    return html`<ul role="list" aria-label="Findings of the guardrails">${
      repeat(this.#shown(), ({id}) => id, (each) => this.#alarm(each, frozen[0] === each.id))}</ul>`;
  }

  #shown() {
    return alarms(this.entry.snapshot);
  }

  #alarm({severity, title, note, follows, since, quarantine}, thawable) {
    return html`<li class=${severity}>
      <severity-sign severity=${severity}></severity-sign>
      <div class="head"><strong>${title}</strong>
        <span class="since number">since ${clockTime(since)} (<time-since at=${since}></time-since>)</span></div>
      <p>${explained(`${capital(note)}.`)}</p>
      ${follows ? html`<p>Action: ${follows}.</p>` : nothing}
      ${thawable
        ? html`<p><button class="plain" type="button" @click=${this.#thaw}>Thaw learning…</button></p>` : nothing}
      ${quarantine ? html`<p><button class="plain" type="button" @click=${() =>
        this.dispatchEvent(wanted(release({id: quarantine})))}>Release the origin…</button></p>` : nothing}
    </li>`;
  }

  #thaw() {
    const {experiment, snapshot} = this.entry;
    this.dispatchEvent(wanted(thaw(experiment, freezing(snapshot))));
  }
}

customElements.define('alarm-list', AlarmList);
