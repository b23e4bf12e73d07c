import {LitElement, css, html, nothing} from 'lit';
import {capital} from '../format.js';
import {choiceField, lineField, values} from '../forms.js';
import {basics, fields} from '../styles.js';
import {MEANINGS, NONE, choices, numbers} from '../what-if.js';

/**
 * Which policy is asked about, and its numbers; asked as soon as something is chosen or filled in.
 *
 * @fires asked   with {choice, filled}
 */
export class WhatIfForm extends LitElement {
  static properties = {experiment: {attribute: false}, asked: {attribute: false}, wrong: {attribute: false}};

  static styles = [basics, fields, css`
    form {
      max-width: 46rem;
    }
    .shares {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 8rem), 1fr));
      gap: .6rem .9rem;
    }
    .field {
      max-width: 24rem;
    }
  `];

  render() {
    const {experiment, asked: {choice, filled}} = this;
    const each = numbers(choice, experiment);
    return html`<form novalidate @change=${this.#changed} @submit=${this.#changed}>
      ${choiceField({id: 'policy', label: 'Had this run instead', value: choice, hint: MEANINGS[choice],
        choices: choices(experiment)})}
      ${each.length > 0 ? html`<div class="shares">${each.map(({name, label, hint}) =>
        lineField({id: name, label, hint, type: 'number', value: filled[name] ?? NONE}))}</div>` : nothing}
      ${this.wrong ? html`<p class="wrong" role="alert">${capital(this.wrong)}.</p>` : nothing}
    </form>`;
  }

  #changed(event) {
    event.preventDefault();
    const {policy: choice, ...said} = values(this.renderRoot.querySelector('form'));
    const filled = Object.fromEntries(numbers(choice, this.experiment).map(({name, usual}) =>
      [name, said[name] ?? String(usual)]));
    this.dispatchEvent(new CustomEvent('asked', {detail: {choice, filled}}));
  }
}

customElements.define('what-if-form', WhatIfForm);
