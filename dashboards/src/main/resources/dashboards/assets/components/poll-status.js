import {LitElement, css, html, nothing} from 'lit';
import {clockTime, sentence} from '../format.js';
import {basics, buttons, notices} from '../styles.js';

/**
 * Says when what a Poll has read is no longer fresh, and why.
 *
 * @fires again-wanted   to read at once
 */
export class PollStatus extends LitElement {
  static properties = {failure: {attribute: false}, at: {attribute: false}};

  static styles = [basics, buttons, notices, css`
    .notice {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .5rem 1rem;
      margin-bottom: 1rem;
    }
    span {
      flex: 1 1 16rem;
    }
  `];

  render() {
    return html`<div role="alert">${this.failure ? this.#says(this.failure) : nothing}</div>`;
  }

  #says({message}) {
    const stale = this.at !== null;
    return html`<div class="notice ${stale ? 'warn' : 'bad'}"><span>${stale
      ? html`<strong>These numbers are from ${clockTime(this.at)}.</strong> Newer ones could not be read.`
      : 'This could not be read.'} ${sentence(message)} Trying again every few seconds.</span>
      <button class="plain" type="button" @click=${() =>
        this.dispatchEvent(new Event('again-wanted'))}>Try now</button></div>`;
  }
}

customElements.define('poll-status', PollStatus);
