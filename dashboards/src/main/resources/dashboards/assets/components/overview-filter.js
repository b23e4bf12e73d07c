import {LitElement, html} from 'lit';
import {choiceField, lineField} from '../forms.js';
import {SORTS} from '../overview.js';
import {basics, fields} from '../styles.js';
import {filters} from './filters.css.js';

const FILTER_NAMES = {'': 'All', look: 'Needs a look', running: 'Running', paused: 'Paused', draft: 'Draft',
  ended: 'Ended',
};

/**
 * What the list of experiments is narrowed to and how it is ordered: `set` is {state, q, sort}, `counts` how many there
 * are of each state.
 *
 * @fires filter-changed   `detail` is what changed of `set`
 */
export class OverviewFilter extends LitElement {
  static properties = {set: {attribute: false}, counts: {attribute: false}, shown: {type: Number}};

  static styles = [basics, fields, filters];

  render() {
    const {state, q, sort} = this.set;
    return html`<form role="search" @submit=${(event) => event.preventDefault()} @input=${this.#changed}
        @change=${this.#changed}>
      ${lineField({id: 'q', label: 'Search by name or key', type: 'search', value: q, most: 200})}
      ${choiceField({id: 'state', label: 'Show', value: state, choices: Object.entries(FILTER_NAMES)
        .filter(([filter]) => filter === '' || filter === state || this.counts[filter] > 0)
        .map(([filter, name]) => [filter, `${name} (${this.counts[filter]})`])})}
      ${choiceField({id: 'sort', label: 'Order', value: sort,
        choices: Object.entries(SORTS).map(([key, {name}]) => [key, name])})}
      <p class="heard" role="status">${q || state ? `${this.shown} shown` : ''}</p></form>`;
  }

  updated() {
    for (const [id, value] of Object.entries(this.set)) this.renderRoot.querySelector(`#${id}`).value = value;
  }

  #changed({target: {id, value}}) {
    if (this.set[id] !== value) this.dispatchEvent(new CustomEvent('filter-changed', {detail: {[id]: value}}));
  }
}

customElements.define('overview-filter', OverviewFilter);
