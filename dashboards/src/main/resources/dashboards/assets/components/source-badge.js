import {LitElement, css, html} from 'lit';
import {SOURCE_STATES} from '../source-words.js';
import {basics} from '../styles.js';
import './help-term.js';

/** Whether the deliveries of a source are accepted, in a word, a sign and a colour. */
export class SourceBadge extends LitElement {
  static properties = {state: {}};

  static styles = [basics, css`
    :host {
      display: inline-block;
    }
    span {
      display: inline-flex;
      align-items: center;
      gap: .4em;
      padding: .1rem .55rem;
      border-radius: 99px;
      font-size: .8rem;
      font-weight: 600;
      white-space: nowrap;
      background: var(--quiet-ground);
      color: var(--quiet);
    }
    .enabled {
      background: var(--good-ground);
      color: var(--good);
    }
    .disabled {
      background: var(--warn-ground);
      color: var(--warn);
    }
    i {
      font-size: .65em;
      font-style: normal;
    }
  `];

  render() {
    const {word, sign, meaning} = SOURCE_STATES[this.state];
    return html`<span class=${this.state}><i aria-hidden="true">${sign}</i><help-term
        .text=${meaning}>${word}</help-term></span>`;
  }
}

customElements.define('source-badge', SourceBadge);
