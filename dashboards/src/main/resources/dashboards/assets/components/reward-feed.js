import {LitElement, css, html, nothing} from 'lit';
import * as api from '../api.js';
import {expected, roughly, widthWords} from '../feed-option.js';
import {count, percent} from '../format.js';
import {Poll} from '../poll.js';
import {remember} from '../route.js';
import {basics, notices, panels} from '../styles.js';
import {feedMeanings, units} from '../words.js';
import './choice-row.js';
import './export-menu.js';
import './feed-chart.js';
import './feed-table.js';
import './help-term.js';
import './poll-status.js';
import './reward-list.js';

const SPANS = [['60', 'Hour'], ['1440', 'Day'], ['10080', 'Week']];
const EVERY_MILLIS = 1_500;
const FEED_MEANING = 'Conversions by the minute in which the server heard of them. A gap means that nothing arrived: '
  + 'nobody bought, or a report got lost. The dashed line is what the last days and the visitors shown an arm lets '
  + 'expect; the guardrail on the feed compares the two all the time.';

/** How rewards come in: conversions over time against what is expected, and the latest one by one. */
export class RewardFeed extends LitElement {
  static properties = {entry: {attribute: false}, span: {}};

  static styles = [basics, notices, panels, css`
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .4rem 1rem;
    }
    h2 {
      flex: 1 1 auto;
    }
    .parts {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1rem 1.6rem;
      margin-top: .6rem;
    }
    .notice {
      margin-top: .5rem;
    }
    poll-status {
      margin-top: .5rem;
    }
    .empty {
      align-self: start;
      padding: 1.2rem;
      border: 1px dashed var(--line-strong);
      border-radius: 6px;
      color: var(--text-soft);
      text-align: center;
    }
    @media (min-width: 60rem) {
      .parts {
        grid-template-columns: minmax(0, 3fr) minmax(18rem, 2fr);
      }
    }
  `];

  #poll = new Poll(this, () => this.#read());

  constructor() {
    super();
    this.#poll.everyMillis = EVERY_MILLIS;
  }

  willUpdate(changed) {
    if (changed.has('span') && changed.get('span') !== undefined) this.#poll.again();
  }

  render() {
    const {data, failure, at} = this.#poll;
    return html`<header><h2><help-term .text=${FEED_MEANING}>Reward feed</help-term></h2>
        <choice-row legend="Over how long" .choices=${SPANS} .value=${this.#span()}
          @chosen=${({detail}) => this.#choose(detail)}></choice-row>
        <export-menu of=${this.entry.experiment.key} subject="reward-feed" ?hidden=${!data}
          .table=${() => this.renderRoot.querySelector('feed-table').table()}
          .image=${() => this.renderRoot.querySelector('feed-chart').image()}></export-menu></header>
      <poll-status .failure=${failure} .at=${at} @again-wanted=${() => this.#poll.again()}></poll-status>
      ${data ? this.#found(data.feed, data.span) : failure ? nothing
        : html`<p class="empty" aria-busy="true">Loading what came in…</p>`}`;
  }

  /** What is shown is named by the time that was asked for, whatever has been chosen since. */
  #found(feed, span) {
    const {experiment, snapshot} = this.entry;
    const perMinute = experiment.state === 'running' ? snapshot?.guard.feed?.perMinute : undefined;
    const broken = (snapshot?.guard.verdicts ?? []).find(({kind}) => kind === 'feed-broken');
    const total = feed.bins.reduce((sum, {conversions}) => sum + conversions, 0);
    return html`${broken ? html`<p class="notice bad">${broken.note}.</p>` : nothing}
      <p class="aside number">${this.#summary(feed, span, total, perMinute)}</p>
      <div class="parts">
        <div><feed-chart .feed=${feed} .perMinute=${perMinute} .experiment=${experiment}></feed-chart>
          <feed-table .feed=${feed} .perMinute=${perMinute} .experiment=${experiment}></feed-table></div>
        ${feed.latest.length === 0 ? html`<p class="empty">No conversion has come in yet. The first one stands here a
            moment after it is reported.</p>`
          : html`<reward-list .rewards=${feed.latest} .experiment=${experiment}></reward-list>`}
      </div>`;
  }

  #summary(feed, span, total, perMinute) {
    const shown = feed.bins.reduce((sum, bin) => sum + bin.units, 0);
    const name = SPANS.find(([minutes]) => minutes === span)[1].toLowerCase();
    if (shown === 0 && total === 0) return `Nothing came in in the last ${name}.`;
    const {experiment} = this.entry;
    return html`${count(total)} ${total === 1 ? 'conversion' : 'conversions'} in the last ${name}${shown > 0
      ? html`, while ${count(shown)} ${units(experiment)} were shown an arm (<help-term
        .text=${feedMeanings(experiment).part}>${percent(total / shown)}</help-term>)`
      : ''}.${this.#expectation(expected(feed, perMinute), feed)}`;
  }

  #expectation(line, feed) {
    const {state, guardrails} = this.entry.experiment;
    if (line !== null) return ` About ${roughly(line)} per ${widthWords(feed.width)} are expected.`;
    if (state !== 'running') return '';
    return guardrails.feed ? ' How many to expect cannot be said yet.'
      : ' How many to expect is not reckoned, because the guardrail on the feed is off.';
  }

  async #read() {
    const span = this.#span();
    return {span, feed: await api.feed(this.entry.experiment.key, span)};
  }

  #span() {
    return SPANS.some(([minutes]) => minutes === this.span) ? this.span : SPANS[0][0];
  }

  #choose(minutes) {
    this.span = minutes;
    remember({span: minutes === SPANS[0][0] ? '' : minutes});
  }
}

customElements.define('reward-feed', RewardFeed);
