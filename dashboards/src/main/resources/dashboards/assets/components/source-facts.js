import {LitElement, html} from 'lit';
import {NONE, count} from '../format.js';
import {SOURCE_MEANINGS} from '../source-words.js';
import {lagInFull, total} from '../sources.js';
import './fact-list.js';
import './time-since.js';

/** The numbers of a source over the chosen days. */
export class SourceFacts extends LitElement {
  static properties = {row: {attribute: false}};

  createRenderRoot() {
    return this;
  }

  render() {
    const {row} = this;
    const fact = (name, value, meaning) => ({name, value, meaning: SOURCE_MEANINGS[meaning]});
    return html`<fact-list .facts=${[
      fact('Deliveries', count(row.deliveries), 'deliveries'),
      fact('Accepted', count(row.accepted), 'accepted'),
      fact('Duplicate', count(row.duplicates), 'duplicates'),
      fact('Ignored', count(total(row.ignored)), 'ignored'),
      fact('Refused', count(total(row.refused)), 'refused'),
      fact('Attributed', count(row.attributed), 'attributed'),
      fact('Not attributed', count(total(row.unattributed)), 'unattributed'),
      fact('Waiting for their order', count(row.waiting), 'waiting'),
      fact('Not settled yet', count(row.unsettled), 'unsettled'),
      fact('From happening to arriving', lagInFull(row.lag) || NONE, 'lag'),
      fact('Last received', row.lastReceivedAt ? html`<time-since at=${Date.parse(row.lastReceivedAt)}></time-since>
        ago` : 'nothing came', 'last'),
    ]}></fact-list>`;
  }
}

customElements.define('source-facts', SourceFacts);
