import {LitElement, css, html, nothing} from 'lit';
import {report} from '../api.js';
import {News} from '../news.js';
import {Poll} from '../poll.js';
import {remember} from '../route.js';
import {basics, buttons, notices} from '../styles.js';
import {meanings, stateMeaning} from '../words.js';
import './advice-box.js';
import './belief-panel.js';
import './claims-panel.js';
import './help-term.js';
import './money-panel.js';
import './poll-status.js';
import './sanity-panel.js';
import './segment-evidence.js';
import './share-link.js';
import './time-since.js';
import './traffic-panel.js';

/** What can be said about the arms of an experiment, and how sure it is. */
export class EvidenceSection extends LitElement {
  static properties = {entry: {attribute: false}, params: {attribute: false}, segment: {state: true}};

  static styles = [basics, buttons, notices, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.6rem;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: .3rem 1rem;
      color: var(--text-soft);
      font-size: .87rem;
    }
    poll-status, .head {
      margin-bottom: -.9rem;
    }
    poll-status[hidden] {
      display: none;
    }
    .side {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr));
      gap: 1.6rem 2.5rem;
    }
    .part {
      padding-top: 1.4rem;
      border-top: 1px solid var(--line);
    }
    .empty {
      padding: 2rem 1rem;
      border: 1px dashed var(--line-strong);
      border-radius: 6px;
      color: var(--text-soft);
      text-align: center;
    }
  `];

  #poll = new Poll(this, () => this.#read());
  #news = new News(this, () => this.#poll.next());

  willUpdate(changed) {
    if (changed.has('params')) this.segment = this.params?.has('others') ? null
      : this.params?.get('segment') ?? undefined;
    const before = changed.get('entry');
    if (before && (before.snapshot !== this.entry.snapshot || before.experiment !== this.entry.experiment)) {
      this.#news.heard();
    }
  }

  render() {
    const {experiment} = this.entry;
    if (experiment.state === 'draft') {
      return html`<p class="empty">${stateMeaning(experiment)} There is nothing to say about its arms before somebody
        has seen them.</p>`;
    }
    const {data, failure, at} = this.#poll;
    return html`<poll-status .failure=${failure} .at=${at} ?hidden=${!failure}
        @again-wanted=${() => this.#poll.again()}></poll-status>
      ${data ? this.#all(experiment, data) : failure ? nothing
        : html`<p class="empty" aria-busy="true">Reading what is known…</p>`}`;
  }

  #all(experiment, data) {
    const {advice, claims, money, traffic, sanity, segments = []} = data;
    const seen = data.arms.some(({exposures}) => exposures > 0) || Number(money?.earned) > 0;
    if (!seen) return this.#nobody(experiment, sanity);
    const say = meanings(experiment);
    const told = segments.filter((each) => each.arms.some(({exposures}) => exposures > 0));
    return html`<div class="head"><span class="number"><help-term .text=${say.updated}>counted <time-since
        at=${Date.parse(data.at)}></time-since> ago</help-term>, <help-term .text=${say.version}>version ${
          data.version}</help-term></span><share-link></share-link></div>
      ${advice ? html`<advice-box .experiment=${experiment} .advice=${advice}
        ?stale=${Boolean(this.#poll.failure)}></advice-box>` : nothing}
      <belief-panel .experiment=${experiment} .report=${data}></belief-panel>
      ${claims ? html`<claims-panel class="part" .experiment=${experiment} .claims=${claims}></claims-panel>` : nothing}
      ${told.length > 0 ? html`<segment-evidence class="part" .experiment=${experiment} .report=${data}
        .segments=${told} .chosen=${this.segment} @segment-chosen=${this.#choose}></segment-evidence>` : nothing}
      ${money || traffic ? html`<div class="side part">
        ${money ? html`<money-panel .experiment=${experiment} .money=${money}
          .arms=${data.arms}></money-panel>` : nothing}
        ${traffic ? html`<traffic-panel .experiment=${experiment} .traffic=${traffic}></traffic-panel>` : nothing}
      </div>` : nothing}
      ${sanity ? html`<sanity-panel class="part" .experiment=${experiment} .sanity=${sanity}></sanity-panel>`
        : nothing}`;
  }

  #nobody(experiment, sanity) {
    return html`<p class="empty">Nobody has been shown one of its arms yet: there is nothing to say about them before
        somebody has seen them.</p>
      ${sanity ? html`<sanity-panel .experiment=${experiment} .sanity=${sanity}></sanity-panel>` : nothing}`;
  }

  /** Those without a value of their own have a word of their own in the address: any other may be a value. */
  #choose({detail}) {
    this.segment = detail;
    remember({segment: detail, others: detail === null ? 'yes' : null});
  }

  /** A draft has no report. */
  #read() {
    const {experiment} = this.entry;
    return experiment.state === 'draft' ? null : report(experiment.key);
  }
}

customElements.define('evidence-section', EvidenceSection);
