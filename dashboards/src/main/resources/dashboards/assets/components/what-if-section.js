import {LitElement, css, html, nothing} from 'lit';
import {whatIf} from '../api.js';
import {sentence} from '../format.js';
import {News} from '../news.js';
import {Poll} from '../poll.js';
import {remember} from '../route.js';
import {basics, notices, panels} from '../styles.js';
import {chosen, question, total} from '../what-if.js';
import {units} from '../words.js';
import './poll-status.js';
import './what-if-answer.js';
import './what-if-form.js';

const EVERY_MILLIS = 15_000;
/** To look back takes the server some time, and a few seconds change little. */
const GAP_MILLIS = 5_000;

/** What another policy would have earned on the same visitors: question, kept in the address, and answer. */
export class WhatIfSection extends LitElement {
  static properties = {
    entry: {attribute: false}, params: {attribute: false}, asked: {state: true},
  };

  static styles = [basics, panels, notices, css`
    what-if-form {
      margin-bottom: 1.2rem;
    }
  `];

  #poll = new Poll(this, (signal) => this.#read(signal));
  #news = new News(this, () => this.#poll.next(), GAP_MILLIS);
  #key = null;
  #version = null;

  constructor() {
    super();
    this.asked = null;
    this.#poll.everyMillis = EVERY_MILLIS;
  }

  willUpdate(changed) {
    const {experiment, snapshot} = this.entry;
    if (this.asked === null || changed.has('params') || experiment.key !== this.#key) {
      this.#key = experiment.key;
      this.#ask(chosen(this.params, experiment));
    }
    if (snapshot && this.#version !== null && snapshot.version !== this.#version) this.#news.heard();
    this.#version = snapshot?.version ?? null;
  }

  render() {
    const {experiment} = this.entry;
    const many = units(experiment);
    return html`<h2>What if another policy had run?</h2>
      <p>On the same ${many}, believing only what was known at the time. The answer comes from the ${many} who
        happened to get what that policy would have shown them.</p>
      <what-if-form .experiment=${experiment} .asked=${this.asked} .wrong=${this.#wrong()}
        @asked=${(event) => this.#ask(event.detail)}></what-if-form>
      ${this.#answer(experiment)}`;
  }

  #answer(experiment) {
    const {data, failure, at} = this.#poll;
    if (!this.#complete()) return nothing;
    if (failure?.status === 409) {
      return html`<p class="notice">This experiment has not been started, so there is nothing to look back on yet.</p>`;
    }
    if (failure?.status === 422) {
      return html`<p class="notice bad" role="alert">This cannot be answered. ${sentence(failure.message)}</p>`;
    }
    return html`<poll-status .failure=${failure} .at=${at} @again-wanted=${() => this.#poll.again()}></poll-status>
      ${data ? html`<what-if-answer .entry=${this.entry} .answer=${data}></what-if-answer>`
        : failure ? nothing : html`<p class="notice" role="status">Looking back …</p>`}`;
  }

  #ask(asked) {
    const before = Object.keys(this.asked?.filled ?? {}).map((name) => [name, null]);
    this.asked = asked;
    remember({...Object.fromEntries(before), policy: asked.choice, ...asked.filled});
    Object.assign(this.#poll, {data: null, failure: null, at: null});
    if (this.isConnected) this.#poll.again();
  }

  /** Shares that do not come to 100 % are not asked about. */
  #complete() {
    const {choice, filled} = this.asked;
    return choice !== 'shares' || Math.abs(total(filled) - 100) < 1e-6;
  }

  #wrong() {
    return this.#complete() ? '' : `the shares come to ${Number.isNaN(total(this.asked.filled)) ? 'no number'
      : `${Number(total(this.asked.filled).toFixed(2))}%`}; they must come to 100%`;
  }

  async #read(signal) {
    if (!this.asked || !this.#complete()) return null;
    return whatIf(this.entry.experiment.key, question(this.asked, this.entry.experiment), signal);
  }
}

customElements.define('what-if-section', WhatIfSection);
