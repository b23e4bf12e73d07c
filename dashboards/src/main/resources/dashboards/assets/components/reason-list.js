import {LitElement, css, html, nothing} from 'lit';
import {capital, count, sentence} from '../format.js';
import {basics} from '../styles.js';

/** Why something was not counted, the most frequent first: `reasons` is a list of {title, code, metric, count, fix}. */
export class ReasonList extends LitElement {
  static properties = {reasons: {attribute: false}};

  static styles = [basics, css`
    ul {
      display: grid;
      gap: .7rem;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: minmax(3.2rem, auto) minmax(0, 1fr);
      gap: 0 .8rem;
    }
    .count {
      grid-row: 1 / 4;
      text-align: right;
      font-weight: 600;
    }
    .title {
      overflow-wrap: anywhere;
    }
    strong {
      margin-right: .4rem;
    }
    code {
      color: var(--text-soft);
    }
    .fix {
      grid-column: 2;
      font-size: .92rem;
      overflow-wrap: anywhere;
    }
    .fix b {
      color: var(--text-soft);
      font-weight: 600;
    }
  `];

  render() {
    return html`<ul role="list">${[...this.reasons].sort((a, b) => b.count - a.count)
      .map(({title, code, metric, count: number, fix}) => html`<li>
        <span class="count number">${count(number)}</span>
        <div class="title"><strong>${capital(title)}</strong>${metric ? html`<span>metric “${metric}” </span>`
          : nothing}<code>${code}</code></div>
        ${fix ? html`<p class="fix"><b>What to fix:</b> ${sentence(fix)}</p>` : nothing}</li>`)}</ul>`;
  }
}

customElements.define('reason-list', ReasonList);
