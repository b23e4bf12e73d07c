import {LitElement, html} from 'lit';
import {stateMeaning} from '../words.js';
import {capital} from '../format.js';
import {basics} from '../styles.js';
import {badges} from './badge.css.js';
import './help-term.js';

const SIGNS = {running: '●', paused: '❚❚', draft: '○', ended: '■'};

/** The state of an experiment, in a word, a sign and a colour. */
export class StateBadge extends LitElement {
  static properties = {experiment: {attribute: false}};

  static styles = [basics, badges];

  render() {
    const {state} = this.experiment;
    return html`<span class=${state}><i aria-hidden="true">${SIGNS[state] ?? ''}</i><help-term
        .text=${stateMeaning(this.experiment)}>${capital(state)}</help-term></span>`;
  }
}

customElements.define('state-badge', StateBadge);
