import {LitElement, css, html, nothing} from 'lit';
import {clockTime, lag} from '../format.js';
import {basics} from '../styles.js';
import {LEARNED_MEANING, LIVE_MEANING} from '../words.js';
import './help-term.js';

/** Whether the numbers move, and up to when the learner has learned. */
export class LiveStatus extends LitElement {
  static properties = {live: {attribute: false}, heard: {attribute: false}, learned: {attribute: false}};

  static styles = [basics, css`
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .2rem .9rem;
      font-size: .9rem;
    }
    .state {
      display: inline-flex;
      align-items: center;
      gap: .45em;
      padding: .15rem .65rem;
      border-radius: 99px;
      font-weight: 600;
      background: var(--quiet-ground);
      color: var(--quiet);
    }
    .state.up {
      background: var(--good-ground);
      color: var(--good);
    }
    .state.down {
      background: var(--warn-ground);
      color: var(--warn);
    }
    .dot {
      flex: none;
      width: .55em;
      height: .55em;
      border-radius: 50%;
      background: currentColor;
    }
    .down .dot {
      background: none;
      border: 2px solid currentColor;
    }
    .learned {
      color: var(--text-soft);
    }
    @media (prefers-reduced-motion: no-preference) {
      .up .dot {
        animation: breathe 2.4s ease-in-out infinite;
      }
      @keyframes breathe {
        50% { opacity: .35; }
      }
    }
  `];

  render() {
    const state = this.live === null ? '' : this.live ? 'up' : 'down';
    return html`
      <span class="state ${state}"><span class="dot"></span><help-term
          .text=${LIVE_MEANING}><span role="status">${this.#words()}</span></help-term></span>
      ${this.learned ? this.#learned(this.learned) : nothing}`;
  }

  #words() {
    if (this.live === null) return 'connecting';
    if (this.live) return 'live';
    return this.heard === null ? 'reconnecting' : `reconnecting, numbers from ${clockTime(this.heard)}`;
  }

  /** How far the learner is behind is known only of one that is heard. */
  #learned({through, at}) {
    const [until, sent] = [Date.parse(through), Date.parse(at)];
    return html`<span class="learned number"><help-term .text=${LEARNED_MEANING}>learned up to ${clockTime(until)}${
      this.live ? `, ${lag(sent - until)} behind` : nothing}</help-term></span>`;
  }
}

customElements.define('live-status', LiveStatus);
