import {LitElement, css, html, nothing} from 'lit';
import {claimMeanings} from '../evidence-words.js';
import {clockTime, count, percent} from '../format.js';
import {basics, heads, notices, panels} from '../styles.js';
import {units} from '../words.js';
import './claims-table.js';
import './export-menu.js';
import './fact-list.js';
import './holdout-claim.js';

/** What can be claimed about the arms to others, and about the experiment as a whole. */
export class ClaimsPanel extends LitElement {
  static properties = {experiment: {attribute: false}, claims: {attribute: false}};

  static styles = [basics, heads, notices, panels, css`
    fact-list {
      margin-bottom: .8rem;
    }
    holdout-claim {
      margin-top: 1.2rem;
    }
  `];

  render() {
    const {experiment, claims} = this;
    return html`<div class="head"><div><h2>What can be claimed</h2>
        <p class="aside">Unbiased although traffic moved: nothing here depends on what was believed before. Ranges of
          ${percent(claims.level)}.</p></div>
        <export-menu of=${experiment.key} subject="claims" ?hidden=${claims.units === 0}
          .table=${() => this.#table()}></export-menu></div>
      ${claims.units === 0 ? this.#early() : html`<fact-list .facts=${this.#facts()}></fact-list>
        <claims-table name="What can be claimed about each arm" .experiment=${experiment} .claims=${claims.arms}
          level=${claims.level}></claims-table>`}
      ${claims.holdout ? html`<holdout-claim .experiment=${experiment} .holdout=${claims.holdout}></holdout-claim>`
        : nothing}`;
  }

  /** The arms; below them, in columns of their own, all of them together against those held out. */
  #table() {
    const tables = ['claims-table', 'holdout-claim'].map((name) => this.renderRoot.querySelector(name)?.table())
      .filter(Boolean);
    const columns = [...new Set(tables.flatMap((each) => each.columns))];
    return {columns, rows: tables.flatMap((each) => {
      const places = columns.map((name) => each.columns.indexOf(name));
      return each.rows.map((row) => places.map((place) => row[place] ?? null));
    })};
  }

  #early() {
    const {experiment} = this;
    return html`<p class="notice">Nothing can be claimed yet: no ${units(experiment)} have had their whole time to
      convert.</p>`;
  }

  #facts() {
    const {experiment, claims: {through, units: number, versions, level}} = this;
    const say = claimMeanings(experiment, level);
    return [
      {name: 'Counted here', value: `${count(number)} ${units(experiment)} whose time to convert is over`,
        meaning: say.through},
      ...(through ? [{name: 'Shown an arm before', value: clockTime(Date.parse(through)), meaning: say.through}] : []),
      {name: 'Allocations', value: count(versions), meaning: say.versions},
    ];
  }
}

customElements.define('claims-panel', ClaimsPanel);
