import {LitElement, css, html} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {capital} from '../format.js';
import {segmentMeaning} from '../learning.js';
import {ownSegments, segmentSnapshot} from '../shapes.js';
import {basics} from '../styles.js';
import {segmentName, units} from '../words.js';
import './arms-table.js';
import './help-term.js';

/** What is known of each segment of an experiment, and by which shares its visitors are served. */
export class SegmentTables extends LitElement {
  static properties = {experiment: {attribute: false}, snapshot: {attribute: false}};

  static styles = [basics, css`
    h2 {
      font-size: 1.1rem;
    }
    h2 + p {
      margin: .1rem 0 .8rem;
      color: var(--text-soft);
      font-size: .92rem;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr));
      align-items: start;
      gap: 1.2rem 2rem;
      list-style: none;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: .2rem .7rem;
      margin-bottom: .3rem;
    }
    h3 {
      font-size: 1rem;
      overflow-wrap: anywhere;
    }
    .served {
      color: var(--text-soft);
      font-size: .87rem;
    }
  `];

  render() {
    const {experiment, snapshot} = this;
    const {attribute} = experiment.segments ?? {attribute: 'segment'};
    const own = ownSegments(snapshot).length;
    return html`<h2>By ${attribute}</h2>
      <p>${own === 0 ? `No ${attribute} has shares of its own yet: all ${units(experiment)} are served by those above.`
        : `${capital(units(experiment))} whose ${attribute} has no shares of its own are served what is best for all together.`}</p>
      <ul role="list">${repeat(this.#shown(), ({segment}) => segment, (segment) => this.#segment(segment))}</ul>`;
  }

  /** Where every value that comes is told apart, there is nobody of any other. */
  #shown() {
    return this.snapshot.segments.filter(({segment, arms}) =>
      segment !== null || arms.some(({exposures}) => exposures > 0));
  }

  #segment(segment) {
    const {experiment, snapshot} = this;
    const meaning = segmentMeaning(experiment, segment, snapshot.kappa);
    const name = segmentName(experiment, segment.segment);
    return html`<li><section aria-label=${name}>
      <header><h3>${name}</h3><help-term class="served" .text=${meaning}>${segment.own
        ? 'shares of its own' : 'served as all'}</help-term></header>
      <arms-table compact .experiment=${experiment} .part=${name}
        .snapshot=${segmentSnapshot(snapshot, segment)}></arms-table>
    </section></li>`;
  }
}

customElements.define('segment-tables', SegmentTables);
