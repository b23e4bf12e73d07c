import {LitElement, html, nothing} from 'lit';
import {definition, previewOf} from '../draft.js';
import {inPercent} from '../draft-values.js';
import {preview} from '../experiment-api.js';
import {armsPart} from '../form-arms.js';
import {listed, typed} from '../form-changes.js';
import {goalPart} from '../form-goal.js';
import {guardrailsPart} from '../form-guardrails.js';
import {learningPart} from '../form-learning.js';
import {amount, fieldset, line} from '../form-parts.js';
import {trafficPart} from '../form-traffic.js';
import {capital, plural} from '../format.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './copy-line.js';
import {formStyles} from './experiment-form.css.js';
import './preview-result.js';

/** Fields that hold several values, of which the server names each. */
const LEAVES = new Set(['segments.values', 'prior.arms', 'objective.attribution.rates', 'policy.shares']);

const PAUSE_MILLIS = 600;
const BUSY_MILLIS = 1_500;
const BUSY = 503;
const REFUSED = 422;

/** Fields that are typed in percent, and of which the server speaks in parts. */
const PARTS = new RegExp('^(floor|ceiling|controlFloor|newArmCeiling|holdout|effect|prior\\.(cv|discount)'
  + '|policy\\.(beta|epsilon|least)|guardrails\\.(strict|.*\\.(margin|alpha|certainty|share)))$');

/**
 * The form for the definition of an experiment: says at its fields what the server would refuse while somebody types,
 * and beside them what the settings imply.
 *
 * @fires draft-changed   something was typed; the detail is the draft
 */
export class ExperimentForm extends LitElement {
  static properties = {
    draft: {attribute: false}, locks: {attribute: false}, existing: {type: Boolean}, pressed: {type: Boolean},
    refused: {attribute: false}, wrong: {state: true}, found: {state: true}, waiting: {state: true},
    problem: {state: true},
  };

  static styles = [basics, buttons, panels, fields, notices, formStyles];

  #timer = 0;
  #asking = new AbortController();
  #touched = new Set();
  /** Folded parts in which something was wrong: they stay open. */
  #opened = new Set();

  constructor() {
    super();
    Object.assign(this, {locks: {}, refused: [], wrong: [], found: null, waiting: false, problem: ''});
  }

  connectedCallback() {
    super.connectedCallback();
    this.#soon(0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  /** Looks again at what stands in the form; for whoever has changed the draft from outside. */
  again() {
    this.#soon(0);
  }

  render() {
    const form = this.#form();
    const {definition: written} = definition(this.draft);
    return html`<form novalidate @submit=${(event) => event.preventDefault()} @input=${this.#type} @change=${this.#type}
        @click=${this.#press} @focusout=${this.#leave}><div class="columns">
      <div class="folded">
        ${this.#summary(form)}
        ${fieldset('Name', '', html`<div class="side">
          ${line(form, 'key', 'Key', 'What your pages ask for, such as hero-banner. It never changes.', {required: true})}
          ${line(form, 'name', 'Title', 'For people. Empty: the key.', {most: 200})}</div>`)}
        ${armsPart(form)}${goalPart(form)}${trafficPart(form)}${guardrailsPart(form)}${learningPart(form)}
      </div>
      <section class="panel implies" aria-label="What these settings imply">
        <h2>What to expect</h2>
        ${this.#traffic(form)}
        <preview-result .preview=${this.found} unit=${this.draft.unit || 'visitor'} ?waiting=${this.waiting}
          .problem=${this.problem} .quiet=${this.existing ? ['key'] : []}></preview-result>
        <details><summary>Copy as JSON or curl</summary><div class="folded">
          <copy-line .text=${JSON.stringify(written, null, 2)}></copy-line>
          <copy-line .text=${curl(written)}></copy-line></div></details>
      </section>
    </div></form>`;
  }

  #traffic(form) {
    const {kind} = this.draft.objective;
    return html`<div class="side">
      ${amount(form, 'traffic.unitsPerDay', `${capital(plural(this.draft.unit || 'visitor'))} per day`, '')}
      ${amount(form, 'effect', 'Worth finding, in percent', 'How much better an arm would have to be.')}
      ${amount(form, 'traffic.baseline', kind === 'count' ? 'Expected count' : 'Expected rate, in percent',
        'Empty: as under Goal.')}
      ${kind === 'revenue' ? amount(form, 'traffic.orderValue', 'Average order', 'Such as 49.90.') : nothing}</div>`;
  }

  /** What is wrong by the latest look of the server; null while that is on its way. */
  get standing() {
    return this.waiting ? null : this.wrong;
  }

  #form() {
    const wrong = this.#wrongs();
    const within = (path) => [...wrong.keys()].filter((each) => each.startsWith(`${path}.`)
      || each.startsWith(`${path}[`));
    return {
      draft: this.draft,
      wrong: (path) => wrong.get(path) ?? (LEAVES.has(path) && wrong.get(within(path)[0])) ?? '',
      locked: (path) => this.locks[path] ?? '',
      inside: (paths) => {
        if (paths.some((path) => wrong.has(path) || within(path).length > 0)) this.#opened.add(paths[0]);
        return this.#opened.has(paths[0]);
      },
    };
  }

  /** What is wrong by field: all of it once somebody has tried to send it, else what is not merely empty yet. */
  #wrongs() {
    const wrong = new Map();
    for (const {field, reason} of [...this.refused, ...this.wrong]) {
      const early = !this.pressed && !this.#touched.has(field) && /^(is required|must not be empty)/.test(reason);
      if (!early && !wrong.has(field)) wrong.set(field, PARTS.test(field) ? inPercent(reason) : reason);
    }
    return wrong;
  }

  #summary() {
    const wrong = [...this.#wrongs()];
    return wrong.length === 0 || !this.pressed ? nothing : html`<div class="notice bad" role="alert">
      ${wrong.length === 1 ? 'One setting needs' : `${wrong.length} settings need`} another look:
      ${wrong.map(([field, reason], place) => html`${place ? '; ' : ''}<b>${field}</b> ${reason}`)}.</div>`;
  }

  #type(event) {
    const draft = typed(this.draft, event.target);
    if (draft === this.draft) return;
    this.#touched.add(event.target.name);
    this.#change(draft);
  }

  #press(event) {
    const button = event.target.closest?.('button[data-change]');
    if (button) this.#change(listed(this.draft, button.dataset));
  }

  #leave(event) {
    if (event.target.name) this.#touched.add(event.target.name);
    this.requestUpdate();
  }

  #change(draft) {
    this.draft = draft;
    this.dispatchEvent(new CustomEvent('draft-changed', {detail: draft}));
    this.#soon(PAUSE_MILLIS);
  }

  #soon(millis) {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.waiting = true;
    this.#timer = setTimeout(() => this.#ask(), millis);
  }

  async #ask() {
    const asking = new AbortController();
    this.#asking = asking;
    const {definition: written, errors} = definition(this.draft);
    if (!written.key) errors.push({field: 'key', reason: 'is required'});
    let answer = {found: this.found, wrong: errors, problem: ''};
    try {
      const found = await preview(previewOf(this.draft, written), asking.signal);
      answer = {found, wrong: errors, problem: ''};
    } catch (failure) {
      if (asking.signal.aborted) return;
      if (failure.status === BUSY) {
        this.#timer = setTimeout(() => this.#ask(), BUSY_MILLIS);
        return;
      }
      answer = failure.status === REFUSED ? {...answer, wrong: [...errors, ...failure.errors], problem: WRONG}
        : {...answer, problem: failure.message};
    }
    if (asking.signal.aborted) return;
    Object.assign(this, answer, {waiting: false, refused: []});
  }
}

const WRONG = 'What is marked in the form comes first';

const curl = (written) => `curl ${location.origin}/v1/experiments -H 'Content-Type: application/json' -d '${
  JSON.stringify(written, null, 2).replaceAll("'", "'\\''")}'`;

customElements.define('experiment-form', ExperimentForm);
