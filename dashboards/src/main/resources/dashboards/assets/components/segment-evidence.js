import {LitElement, css, html} from 'lit';
import {fileWord} from '../exports.js';
import {capital} from '../format.js';
import {segmentMeaning} from '../learning.js';
import {basics, fields, heads, notices, panels} from '../styles.js';
import {segmentName, units} from '../words.js';
import './belief-panel.js';
import './claims-table.js';
import './export-menu.js';
import './help-term.js';

/**
 * What is believed of the arms in one segment, what can be claimed about them, and which segment it is.
 *
 * @fires segment-chosen   `detail` is its value; null for those who have none of the values that are told apart
 */
export class SegmentEvidence extends LitElement {
  static properties = {
    experiment: {attribute: false}, report: {attribute: false}, segments: {attribute: false},
    chosen: {attribute: false},
  };

  static styles = [basics, heads, notices, panels, fields, css`
    .choice {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: .5rem 1rem;
      margin-bottom: 1.2rem;
    }
    .field {
      flex: 0 1 20rem;
    }
    .served {
      margin-bottom: .5rem;
      color: var(--text-soft);
      font-size: .9rem;
    }
    belief-panel {
      margin-bottom: 1.6rem;
    }
    h3 {
      font-size: 1rem;
    }
  `];

  render() {
    const {experiment, report, segments} = this;
    const attribute = experiment.segments?.attribute ?? 'segment';
    const one = this.#one();
    const name = segmentName(experiment, one.segment);
    return html`<h2>By ${attribute}</h2>
      <p class="aside">The same for one ${attribute} alone. The more of them one looks at, the sooner one of them looks
        good by chance.</p>
      <div class="choice"><div class="field"><label for="segment">${capital(attribute)}</label>
        <select id="segment" @change=${this.#choose}>${segments.map((each, place) => html`<option value=${place}
          ?selected=${each === one}>${segmentName(experiment, each.segment)}</option>`)}</select></div>
        <help-term class="served" .text=${segmentMeaning(experiment, one, report.kappa)}>${one.own
          ? 'shares of its own' : 'served as all'}</help-term></div>
      <belief-panel .experiment=${experiment} .report=${one} .part=${name}></belief-panel>
      ${this.#claims(one, name)}`;
  }

  #claims({claims, segment}, name) {
    const {experiment, report} = this;
    const known = claims.some(({units: number}) => number > 0);
    return html`<div class="head"><h3>What can be claimed: ${name}</h3>
        <export-menu of=${experiment.key} subject="claims-${fileWord(name) || 'other'}" ?hidden=${!known}
          .table=${() => this.#table(segment)}></export-menu></div>
      ${known ? html`<claims-table name="What can be claimed about each arm, ${name}" .experiment=${experiment}
        .claims=${claims} level=${report.claims.level}></claims-table>`
        : html`<p class="notice">Nothing can be claimed yet: none of these ${units(experiment)} has had the whole
          time to convert.</p>`}`;
  }

  /** The chosen one; the first if none is, or if there is none of that value. */
  #one = () => this.segments.find(({segment}) => segment === this.chosen) ?? this.segments[0];

  #table(segment) {
    const {columns, rows} = this.renderRoot.querySelector('claims-table').table();
    const name = segmentName(this.experiment, segment);
    return {columns: ['segment', ...columns], rows: rows.map((row) => [name, ...row])};
  }

  #choose({target}) {
    const {segment} = this.segments[Number(target.value)];
    this.dispatchEvent(new CustomEvent('segment-chosen', {detail: segment}));
  }
}

customElements.define('segment-evidence', SegmentEvidence);
