import {LitElement, css, html, nothing} from 'lit';
import {count} from '../format.js';
import {SOURCE_MEANINGS} from '../source-words.js';
import {total} from '../sources.js';
import {basics, panels} from '../styles.js';
import './help-term.js';
import './reason-list.js';

/** What of a source was refused, earned nothing or was ignored, and what to do about it. */
export class SourceReasons extends LitElement {
  static properties = {row: {attribute: false}};

  static styles = [basics, panels, css`
    section + section {
      margin-top: 1.4rem;
    }
    reason-list {
      margin-top: .5rem;
    }
  `];

  render() {
    const {refused, unattributed, ignored} = this.row;
    return html`
      ${this.#part('Refused', SOURCE_MEANINGS.refused, 'Nothing was refused.',
        refused.map((each) => ({...each, code: each.reason})))}
      ${this.#part('Not attributed', SOURCE_MEANINGS.unattributed, 'No conversion was left over.',
        unattributed.map((each) => ({...each, code: each.outcome})))}
      ${ignored.length === 0 ? nothing : this.#part('Ignored', SOURCE_MEANINGS.ignored, '',
        ignored.map((each) => ({...each, code: each.reason})))}`;
  }

  #part(name, meaning, none, reasons) {
    return html`<section><h2><help-term .text=${meaning}>${name}</help-term>${reasons.length > 0
      ? html`: <span class="number">${count(total(reasons))}</span>` : nothing}</h2>
      ${reasons.length === 0 ? html`<p class="aside">${none}</p>`
        : html`<reason-list .reasons=${reasons}></reason-list>`}</section>`;
  }
}

customElements.define('source-reasons', SourceReasons);
