import {LitElement, html} from 'lit';
import {SOURCE_STATES} from '../source-words.js';
import {basics} from '../styles.js';
import {badges} from './badge.css.js';
import './help-term.js';

/** Whether the deliveries of a source are accepted, in a word, a sign and a colour. */
export class SourceBadge extends LitElement {
  static properties = {state: {}};

  static styles = [basics, badges];

  render() {
    const {word, sign, meaning} = SOURCE_STATES[this.state];
    return html`<span class=${this.state}><i aria-hidden="true">${sign}</i><help-term
        .text=${meaning}>${word}</help-term></span>`;
  }
}

customElements.define('source-badge', SourceBadge);
