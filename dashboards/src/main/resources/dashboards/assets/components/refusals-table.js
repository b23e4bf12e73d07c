import {LitElement, css, html, nothing} from 'lit';
import {KeepsFocus} from '../focus.js';
import {capital, clockTime, count, sentence} from '../format.js';
import {alike} from '../sources.js';
import {basics, buttons} from '../styles.js';
import './help-term.js';
import {blocks, tables} from './table.css.js';

const SHOWN_AT_FIRST = 6;
const TIMES_MEANING = 'How often the same was refused, among those that are kept as a sample.';

/** A long name, which may go on in the next line where a part of it ends. */
const breakable = (name) => name.split(/(?<=[./_:])/).map((part) => html`${part}<wbr>`);

/** The latest refusals of a source, each with what to fix: a sample, not all of them. */
export class RefusalsTable extends LitElement {
  static properties = {refusals: {attribute: false}, all: {state: true}};

  static styles = [basics, buttons, tables, css`
    :host {
      container-type: inline-size;
    }
    .at {
      white-space: nowrap;
    }
    .soft {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .title {
      font-weight: 600;
    }
    button {
      margin-top: .6rem;
    }
    .event, .place {
      width: 23%;
    }
    @container (max-width: 44rem) {
      ${blocks}
      .event, .place {
        width: auto;
      }
      .what {
        grid-column: 1 / -1;
      }
      tbody tr {
        grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
      }
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('table'));
  }

  render() {
    const refusals = alike(this.refusals);
    const shown = this.all ? refusals : refusals.slice(0, SHOWN_AT_FIRST);
    return html`<table role="table" tabindex="-1" aria-label="Recent refusals">
      <thead role="rowgroup"><tr role="row">${['When', 'Event', 'Field and place', 'What was wrong, and what to fix']
        .map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
      <tbody role="rowgroup">${shown.map((refusal) => this.#row(refusal))}</tbody></table>
      ${shown.length < refusals.length ? html`<button class="plain" type="button" @click=${() => {
        this.all = true;
      }}>Show all ${refusals.length}</button>` : nothing}`;
  }

  #row({at, since, times, reason, title, fix, field, detail, event, eventId}) {
    return html`<tr role="row">
      <th role="rowheader" scope="row" class="at number">${clockTime(Date.parse(at))}${times > 1
        ? html`<div class="soft"><help-term .text=${TIMES_MEANING}>${count(times)} times</help-term> since<br>${
          clockTime(Date.parse(since))}</div>` : nothing}</th>
      <td role="cell" class="event" data-label="Event">${event ? breakable(event)
        : html`<span class="soft">unknown</span>`}
        ${eventId ? html`<div class="soft"><code>${eventId}</code></div>` : nothing}</td>
      <td role="cell" class="place" data-label="Field and place">${field
        ? html`<code>${breakable(field)}</code>`
        : html`<span class="soft">the whole delivery</span>`}</td>
      <td role="cell" class="what" data-label="What was wrong, and what to fix">
        <span class="title">${capital(title)}</span> <code class="soft">${reason}</code><div>${sentence(detail)}</div>
        ${fix ? html`<div class="soft"><b>What to fix:</b> ${sentence(fix)}</div>` : nothing}</td></tr>`;
  }
}

customElements.define('refusals-table', RefusalsTable);
