import {LitElement, css, html} from 'lit';
import {stateMeaning} from '../words.js';
import {capital} from '../format.js';
import {basics} from '../styles.js';
import './help-term.js';

const SIGNS = {running: '●', paused: '❚❚', draft: '○', ended: '■'};

/** The state of an experiment, in a word, a sign and a colour. */
export class StateBadge extends LitElement {
  static properties = {experiment: {attribute: false}};

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
    .running {
      background: var(--good-ground);
      color: var(--good);
    }
    .paused {
      background: var(--warn-ground);
      color: var(--warn);
    }
    i {
      font-size: .65em;
      font-style: normal;
    }
  `];

  render() {
    const {state} = this.experiment;
    return html`<span class=${state}><i aria-hidden="true">${SIGNS[state] ?? ''}</i><help-term
        .text=${stateMeaning(this.experiment)}>${capital(state)}</help-term></span>`;
  }
}

customElements.define('state-badge', StateBadge);
