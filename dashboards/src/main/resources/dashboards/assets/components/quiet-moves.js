import {LitElement, css, html} from 'lit';
import {clockTime, count} from '../format.js';
import {basics} from '../styles.js';
import {mark} from '../timeline.js';
import './event-mark.js';

/**
 * Allocations, the latest first, in none of which a share moved so far that it could be seen: how many, and when. Where
 * some visitors have shares of their own, `by` is what they are told apart by: those may have moved.
 */
export class QuietMoves extends LitElement {
  static properties = {events: {attribute: false}, by: {}};

  static styles = [basics, css`
    :host {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 .8rem;
      padding: .35rem 0;
      color: var(--text-soft);
      font-size: .87rem;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 0 .8rem;
    }
    .number {
      margin-left: auto;
    }
  `];

  render() {
    const {events} = this;
    const [latest, first] = [events[0], events.at(-1)];
    const several = events.length > 1;
    return html`<event-mark .mark=${mark(latest)}></event-mark>
      <div><span>${several ? `${count(events.length)} allocations` : 'An allocation'} ${this.by
        ? `in which no share moved visibly but by ${this.by}` : 'without a visible change'}, version${
        several ? `s ${first.version} to` : ''} ${latest.version}</span>
        <span class="number">${several ? html`${time(first)} to ` : ''}${time(latest)}</span></div>`;
  }
}

const time = ({at}) => html`<time datetime=${at}>${clockTime(Date.parse(at))}</time>`;

customElements.define('quiet-moves', QuietMoves);
