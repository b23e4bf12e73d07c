import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';

const PERIODS = [[1, 'Today'], [7, '7 days'], [30, '30 days']];

/**
 * Over how many days is counted, today included.
 *
 * @fires days-chosen   `detail` is the number of days
 */
export class PeriodChoice extends LitElement {
  static properties = {days: {type: Number}};

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
    legend {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
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
  `];

  render() {
    return html`<fieldset><legend>Days counted, in UTC</legend>${PERIODS.map(([days, name]) => html`<label><input
      type="radio" name="days" value=${days} .checked=${days === this.days}
      @change=${() => this.#choose(days)}>${name}</label>`)}</fieldset>`;
  }

  #choose(days) {
    this.dispatchEvent(new CustomEvent('days-chosen', {detail: days, bubbles: true, composed: true}));
  }
}

customElements.define('period-choice', PeriodChoice);
