import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {wanted} from '../actions.js';
import {KeepsFocus} from '../focus.js';
import {capital, clockTime, isolated, sentence} from '../format.js';
import {Poll} from '../poll.js';
import {quarantines, release, whose} from '../quarantines.js';
import {sourceAddress} from '../route.js';
import {followed} from '../source-actions.js';
import {basics, buttons} from '../styles.js';
import './help-term.js';
import './poll-status.js';
import './time-since.js';

const ROWS_AT_FIRST = 10;

const ORIGIN = 'Where conversions came from, such as an address. Only a key that does not tell who it is is kept here; '
  + 'the source that reported them knows the rest. The audit log says when it was put under quarantine, and by whom.';

/**
 * Whose conversions weigh nothing in all experiments, the latest first, why, and a way to let them count again.
 *
 * @fires action-wanted   for the dialog that asks once more
 */
export class QuarantineList extends LitElement {
  static properties = {all: {state: true}};

  static styles = [basics, buttons, css`
    ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .5rem;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .3rem 1rem;
      padding: .5rem .7rem;
      border-left: 4px solid var(--warn);
      border-radius: 6px;
      background: var(--quiet-ground);
      font-size: .92rem;
      overflow-wrap: anywhere;
    }
    div {
      flex: 1 1 18rem;
      min-width: 0;
    }
    .soft, .aside {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .aside {
      margin-bottom: .4rem;
    }
    ul + button {
      margin-top: .5rem;
    }
  `];

  #poll = new Poll(this, (signal) => quarantines(signal));

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('[tabindex]'));
  }

  render() {
    const {data, failure, at} = this.#poll;
    return html`<poll-status .failure=${failure} .at=${at} ?hidden=${!failure}
        @again-wanted=${() => this.#poll.again()}></poll-status>
      ${data ? this.#list(data) : failure ? nothing
        : html`<p class="aside" aria-busy="true">Reading what is under quarantine…</p>`}`;
  }

  #list(found) {
    const shown = this.all ? found : found.slice(0, ROWS_AT_FIRST);
    return html`<p class="aside" tabindex="-1">${found.length === 0 ? 'Nothing is under quarantine any more.'
        : 'Under quarantine, in all experiments: conversions of these count for nothing, for none of the arms.'}</p>
      <ul role="list" aria-label="Under quarantine">${repeat(shown, ({id}) => id, (each) => this.#row(each))}</ul>
      ${shown.length < found.length ? html`<button class="plain" type="button"
        @click=${() => { this.all = true; }}>Show all ${found.length}</button>` : nothing}`;
  }

  #row(quarantine) {
    const {source, reason, since, settled} = quarantine;
    const name = capital(whose(quarantine));
    const from = Date.parse(since);
    return html`<li><div><strong>${source && source !== 'api' ? html`<a href=${sourceAddress(source)}>${name}</a>`
        : source ? name : html`<help-term .text=${ORIGIN}>${name}</help-term>`}</strong>: ${isolated(sentence(reason))}
        <div class="soft number">since ${clockTime(from)} (<time-since at=${from}></time-since>)${settled ? ''
          : '; what was counted before is still being taken out'}</div></div>
      <button class="plain" type="button" aria-label="Release ${whose(quarantine)}"
        @click=${() => this.#release(quarantine)}>Release…</button></li>`;
  }

  #release(quarantine) {
    this.dispatchEvent(wanted(followed(release(quarantine), () => this.#poll.again())));
  }
}

customElements.define('quarantine-list', QuarantineList);
