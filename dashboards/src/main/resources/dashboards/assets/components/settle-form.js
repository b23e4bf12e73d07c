import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {NOTHING_WRONG, Wrong, areaField, lineField, pairs, showWrong, values, wrongs} from '../forms.js';
import {followed, settleAgain} from '../source-actions.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './replay-list.js';

const NAMES = ['from', 'to', 'metrics', 'reason'];
const MOMENT = {type: 'datetime-local'};
const WEEK_MILLIS = 7 * 24 * 60 * 60 * 1000;

/**
 * Has conversions of a source attributed over again, after what was wrong was mended; and how far that is.
 *
 * @fires action-wanted    to do so
 * @fires source-changed   it has begun
 */
export class SettleForm extends LitElement {
  static properties = {source: {}, replays: {attribute: false}, wrong: {state: true}};

  static styles = [basics, buttons, panels, fields, notices, css`
    replay-list, .notice {
      margin-top: 1rem;
    }
  `];

  #from = localMinute(Date.now() - WEEK_MILLIS);
  #to = localMinute(Date.now());

  constructor() {
    super();
    this.wrong = NOTHING_WRONG;
  }

  render() {
    const {fields: wrong, rest} = this.wrong;
    const running = this.replays?.some(({finishedAt}) => !finishedAt);
    return html`<h2>Settle again</h2>
      <p>After a mistake was mended (a wrong metric, window or rule), conversions that came in before can be attributed
        over again by what is right now.</p>
      <form novalidate @submit=${this.#submit}>
        <div class="side">
          ${lineField({...MOMENT, id: 'from', label: 'Arrived from', value: this.#from, wrong: wrong.from})}
          ${lineField({...MOMENT, id: 'to', label: 'until', value: this.#to, wrong: wrong.to})}
        </div>
        ${areaField({id: 'metrics', label: 'Metrics that had a wrong name (if any)', rows: 2, wrong: wrong.metrics,
          hint: 'One per line, as in order = purchase: what was reported as order counts as purchase.'})}
        ${lineField({id: 'reason', label: 'Why? The others will read it.', most: 500, wrong: wrong.reason,
          required: true})}
        ${rest ? html`<p class="notice bad" role="alert">${rest}</p>` : nothing}
        <div class="choices"><button class="plain strong" type="submit" ?disabled=${running}>Settle
          again…</button></div>
      </form>
      ${running ? html`<p class="notice">One at a time: it can be done again when the running one has finished.</p>`
        : nothing}
      ${this.replays?.length > 0 ? html`<replay-list .replays=${this.replays}></replay-list>` : nothing}
      ${this.replays ? nothing : html`<p class="notice warn">What was settled again before could not be read.</p>`}`;
  }

  #submit(event) {
    event.preventDefault();
    this.wrong = NOTHING_WRONG;
    try {
      const form = event.target;
      this.dispatchEvent(wanted(followed(settleAgain(this.#wanted(values(form))), () => {
        form.querySelector('#reason').value = '';
        this.dispatchEvent(new Event('source-changed'));
      })));
    } catch (failure) {
      this.wrong = wrongs(failure, NAMES, 'Nothing was settled again.');
      showWrong(this);
    }
  }

  #wanted({from, to, metrics, reason}) {
    if (reason === '') throw new Wrong('reason', 'is needed: who reads the numbers later has to know');
    return {
      source: this.source, from: instant('from', from), to: instant('to', to), reason,
      metrics: pairs('metrics', metrics, '=', 'order = purchase'),
    };
  }
}

/** What a field says, which is by the visitor's clock, as a moment. */
function instant(field, text) {
  const millis = new Date(text).getTime();
  if (Number.isNaN(millis)) throw new Wrong(field, 'is needed: day and time, as your clock shows it');
  return new Date(millis).toISOString();
}

/** A moment as the field has it. */
function localMinute(millis) {
  const at = new Date(millis);
  return new Date(millis - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

customElements.define('settle-form', SettleForm);
