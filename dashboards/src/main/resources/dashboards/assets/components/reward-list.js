import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {about, clockTime, money} from '../format.js';
import {controlFirst} from '../order.js';
import {colourNumbers} from '../palette.js';
import {armColours, basics} from '../styles.js';
import './export-menu.js';
import './help-term.js';

const DELAY_MEANING = 'How long after being shown the arm it was heard of. Learning waits for late ones: an arm whose '
  + 'conversions take longer is not taken for a worse one.';
const SOURCE_MEANING = 'Who reported it: a source with a signature of its own, or the API.';

/**
 * The latest rewards, the newest on top: when, which arm, how much, from where, and what if it is not what the
 * experiment is after. Nothing says whose.
 */
export class RewardList extends LitElement {
  static properties = {rewards: {attribute: false}, experiment: {attribute: false}};

  static styles = [basics, armColours, css`
    :host {
      container-type: inline-size;
    }
    p {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: .6rem;
      margin-bottom: .3rem;
      color: var(--text-soft);
      font-size: .87rem;
    }
    ol {
      max-height: 15rem;
      overflow: auto;
      list-style: none;
      border: 1px solid var(--line);
      border-radius: 6px;
      font-size: .87rem;
    }
    li {
      display: grid;
      grid-template-columns: 4.2rem minmax(0, 1fr) auto;
      gap: 0 .7rem;
      padding: .3rem .6rem;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .arm {
      display: flex;
      gap: .4rem;
      min-width: 0;
    }
    .arm i {
      flex: none;
      width: .75em;
      height: .75em;
      margin-top: .32em;
      border-radius: 3px;
      background: currentColor;
    }
    .arm span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      color: var(--text);
    }
    .amount {
      font-weight: 600;
      text-align: right;
    }
    .refund {
      color: var(--bad);
    }
    .from {
      grid-column: 2 / -1;
      color: var(--text-soft);
      overflow-wrap: anywhere;
    }
    .time {
      color: var(--text-soft);
    }
    @container (min-width: 32rem) {
      li {
        grid-template-columns: 4.6rem minmax(0, 4fr) 5rem minmax(0, 6fr);
      }
      .from {
        grid-column: auto;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    }
    @media (prefers-reduced-motion: no-preference) {
      li {
        animation: come 1.2s ease-out;
      }
      @keyframes come {
        from {
          background: var(--good-ground);
        }
      }
    }
  `];

  /** The raw values, the newest first as they stand here. */
  #table() {
    return {
      columns: ['at (UTC)', 'arm', 'metric', 'kind', 'reported by', 'amount', 'currency',
        'after the arm was shown (ISO 8601)', 'counts'],
      rows: this.rewards.map(({at, arm, metric, kind, source, amount, currency, delay, counted}) => [at, arm, metric,
        kind, source, amount === undefined ? null : Number(amount), currency, delay, counted ? 'yes' : 'no']),
    };
  }

  render() {
    const {experiment, rewards} = this;
    const colours = colourNumbers(controlFirst(experiment.arms));
    return html`<p><span>The latest, from <help-term .text=${SOURCE_MEANING}>whom</help-term> and
        <help-term .text=${DELAY_MEANING}>how long after</help-term> the arm was shown</span>
        <export-menu of=${experiment.key} subject="latest-rewards" .table=${() => this.#table()}></export-menu></p>
      <ol role="list" tabindex="0" aria-label="Latest rewards">${repeat(numbered(rewards), ({key}) => key, ({each}) =>
        this.#line(each, colours))}</ol>`;
  }

  #line(reward, colours) {
    const {at, arm, metric, kind, source, amount, currency, delay, counted} = reward;
    const what = kind === 'refund' ? 'Refund · ' : metric === this.experiment.objective.metric ? '' : `${metric} · `;
    const from = `${what}${source}, after ${about(delay)}${counted ? '' : ' · does not count'}`;
    return html`<li><span class="time number">${clockTime(Date.parse(at))}</span>
      <span class="arm arm-${colours.get(arm) ?? 0}"><i></i><span title=${arm}>${arm}</span></span>
      <span class="amount number ${kind === 'refund' ? 'refund' : ''}">${amount === undefined ? nothing
        : `${kind === 'refund' ? '−' : ''}${money(amount, currency)}`}</span>
      <span class="from" title=${from}>${from}</span></li>`;
  }
}

/**
 * Rewards with a key each. Two of the same moment, arm and delay are told apart by nothing that is shown, so they are
 * numbered, from the oldest on.
 */
function numbered(rewards) {
  const seen = new Map();
  return rewards.toReversed().map((each) => {
    const {at, arm, source, delay, metric, kind} = each;
    const key = [at, arm, source, delay, metric, kind].join(' ');
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return {key: `${key} ${seen.get(key)}`, each};
  }).reverse();
}

customElements.define('reward-list', RewardList);
