import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';

/**
 * A choice of one among few, side by side: `choices` is a list of [value, name], `value` the chosen one, `legend` says
 * what is chosen.
 *
 * @fires chosen   `detail` is the value
 */
export class ChoiceRow extends LitElement {
  static properties = {choices: {attribute: false}, value: {attribute: false}, legend: {}};

  static styles = [basics, css`
    :host {
      display: inline-block;
    }
    fieldset {
      display: flex;
      margin: 0;
      padding: 0;
      border: 1px solid var(--line-strong);
      border-radius: 6px;
    }
    label {
      position: relative;
      padding: .25rem .8rem;
      border-radius: 5px;
      font-size: .9rem;
      white-space: nowrap;
      cursor: pointer;
    }
    input {
      position: absolute;
      inset: 0;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    label:has(:checked) {
      background: var(--text);
      color: var(--surface);
      font-weight: 600;
    }
    label:has(:focus-visible) {
      outline: 2px solid var(--focus);
      outline-offset: 2px;
    }
    @media (max-width: 30rem) {
      label {
        padding: .25rem .6rem;
      }
    }
  `];

  render() {
    return html`<fieldset><legend class="heard">${this.legend}</legend>${this.choices.map(([value, name]) => html`<label><input
      type="radio" name="choice" .checked=${value === this.value}
      @change=${() => this.#choose(value)}>${name}</label>`)}</fieldset>`;
  }

  #choose(value) {
    this.dispatchEvent(new CustomEvent('chosen', {detail: value}));
  }
}

customElements.define('choice-row', ChoiceRow);
