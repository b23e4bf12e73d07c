import {LitElement, css, html} from 'lit';
import {basics} from '../styles.js';
import './choice-row.js';

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
  `];

  render() {
    return html`<choice-row legend="Days counted, in UTC" .choices=${PERIODS} .value=${this.days}
      @chosen=${this.#choose}></choice-row>`;
  }

  #choose({detail}) {
    this.dispatchEvent(new CustomEvent('days-chosen', {detail, bubbles: true, composed: true}));
  }
}

customElements.define('period-choice', PeriodChoice);
