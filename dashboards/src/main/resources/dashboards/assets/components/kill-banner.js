import {LitElement, css, html, nothing} from 'lit';
import {release, wanted} from '../actions.js';
import {who} from '../audit-words.js';
import {KeepsFocus} from '../focus.js';
import {clockTime, isolated} from '../format.js';
import {basics, buttons} from '../styles.js';
import './time-since.js';

/**
 * Says loudly that the kill switch is engaged, since when, by whom and why, as long as it is.
 *
 * @fires action-wanted   to release it
 */
export class KillBanner extends LitElement {
  static properties = {killSwitch: {attribute: false}};

  static styles = [basics, buttons, css`
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .5rem 1.2rem;
      padding: .7rem max(1rem, calc((100vw - 96rem) / 2));
      background: var(--bad);
      color: var(--surface);
    }
    .says {
      flex: 1 1 16rem;
      overflow-wrap: anywhere;
    }
    strong {
      font-size: 1.05rem;
    }
    button.plain {
      border-color: var(--surface);
      background: var(--surface);
      color: var(--text);
      font-weight: 600;
    }
    :focus-visible {
      outline-color: var(--surface);
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this);
  }

  render() {
    return html`<div role="alert">${this.killSwitch.engaged ? this.#engaged(this.killSwitch) : nothing}</div>`;
  }

  #engaged({reason, actor, at}) {
    const since = Date.parse(at);
    return html`<div class="banner"><div class="says">
      <strong>Kill switch engaged: everybody gets control in every experiment.</strong>
      <div>“${isolated(reason)}” – ${isolated(who({actor}))}, ${clockTime(since)} (<span aria-live="off"><time-since
        at=${since}></time-since></span> ago)</div></div>
      <button class="plain" type="button" @click=${() =>
        this.dispatchEvent(wanted(release(reason)))}>Release…</button></div>`;
  }
}

customElements.define('kill-banner', KillBanner);
