import {LitElement, css, html, nothing} from 'lit';
import {capital, sentence} from '../format.js';
import {experimentAddress} from '../route.js';
import {signatureWords} from '../source-words.js';
import {basics, notices} from '../styles.js';
import './severity-sign.js';

const OUTCOMES = {accepted: ['good', 'Accepted'], ignored: ['note', 'Ignored'], refused: ['bad', 'Refused']};
const FIELDS = ['metric', 'id', 'unit', 'decision', 'value', 'currency', 'at', 'reverses', 'origin'];

/** What would become of a delivery: of the whole, and of each of its events. */
export class DryRunResult extends LitElement {
  static properties = {result: {attribute: false}};

  static styles = [basics, notices, css`
    :host {
      padding-top: .8rem;
      border-top: 1px solid var(--line);
    }
    h3 {
      margin-bottom: .3rem;
      font-size: .95rem;
    }
    ol {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .7rem;
      margin-top: .7rem;
      list-style: none;
    }
    ol > li {
      padding: .6rem .8rem;
      border-left: 4px solid var(--quiet);
      border-radius: 6px;
      background: var(--quiet-ground);
      font-size: .92rem;
      overflow-wrap: anywhere;
    }
    ol > .good {
      border-color: var(--good);
    }
    ol > .bad {
      border-color: var(--bad);
    }
    .notice, .mended {
      margin: .5rem 0;
    }
    .mended {
      margin-top: 1rem;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .1rem .5rem;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: .1rem .8rem;
      margin-top: .4rem;
    }
    dt {
      color: var(--text-soft);
    }
    ul {
      margin-top: .4rem;
      list-style: none;
    }
  `];

  render() {
    const {signature, refused, items = []} = this.result;
    return html`<h3>What would become of it</h3>
      <p>${signatureWords(signature)}</p>
      ${refused ? html`<p class="notice bad"><strong>The whole delivery would be refused</strong>
        <code>${refused.reason}</code>: ${sentence(refused.detail)}</p>
        <p><b>What to fix:</b> ${sentence(refused.fix)}</p>` : nothing}
      ${refused && items.length > 0 ? html`<p class="mended">If that were mended:</p>` : nothing}
      ${!refused && items.length === 0 ? html`<p class="notice">There is no event in it.</p>` : nothing}
      <ol role="list">${items.map((item) => this.#item(item))}</ol>`;
  }

  #item({event, status, field, place, reason, detail, conversion, attribution = []}) {
    const [severity, word] = OUTCOMES[status] ?? ['note', capital(status)];
    return html`<li class=${severity}>
      <div class="head"><severity-sign severity=${severity}></severity-sign><strong>${word}</strong>
        ${event ? html`<code>${event}</code>` : nothing}</div>
      ${reason ? html`<p>${field ? html`<code>${field}</code>${place ? html` at <code>${place}</code>` : nothing}: `
        : nothing}${reason}${detail ? html`: ${detail}` : nothing}</p>` : nothing}
      ${conversion ? html`<dl>${FIELDS.filter((name) => conversion[name] !== undefined && conversion[name] !== null)
        .map((name) => html`<dt>${name}</dt><dd><code>${conversion[name]}</code></dd>`)}</dl>` : nothing}
      ${attribution.length > 0 ? html`<ul role="list">${attribution.map((each) => this.#earns(each))}</ul>`
        : status === 'accepted' ? html`<p>No experiment would credit it.</p>` : nothing}
    </li>`;
  }

  #earns({experiment, would, reason}) {
    return html`<li><a href=${experimentAddress(experiment)}>${experiment}</a>: ${would === 'earn'
      ? 'would be credited' : 'would not be credited'}${reason ? `: ${reason}` : ''}</li>`;
  }
}

customElements.define('dry-run-result', DryRunResult);
