import {LitElement, html, nothing} from 'lit';
import {experiments} from '../api.js';
import {definition, previewOf} from '../draft.js';
import {preview} from '../experiment-api.js';
import {armsPart} from '../form-arms.js';
import {listed, typed} from '../form-changes.js';
import {missing, ofDefinition, standing, wrongsOf} from '../form-errors.js';
import {goalPart} from '../form-goal.js';
import {guardrailsPart} from '../form-guardrails.js';
import {learningPart} from '../form-learning.js';
import {amount, fieldset, line} from '../form-parts.js';
import {trafficPart} from '../form-traffic.js';
import {capital, plural} from '../format.js';
import {showField} from '../forms.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './copy-line.js';
import {formStyles} from './experiment-form.css.js';
import './preview-result.js';

const PAUSE_MILLIS = 600;
const BUSY_MILLIS = 1_500;
const BUSY = 503;
const REFUSED = 422;

/**
 * The form for the definition of an experiment: says at its fields what the server would refuse while somebody types,
 * and beside them what the settings imply.
 *
 * `revision` is that of an experiment that there is, `changes` what of it would be changed; `hints` says more about some
 * fields, by their ids; where it is `frozen`, it is there to be read alone.
 *
 * @fires draft-changed   something was typed; the detail is the draft
 */
export class ExperimentForm extends LitElement {
  static properties = {
    draft: {attribute: false}, locks: {attribute: false}, pressed: {type: Boolean}, frozen: {type: Boolean},
    refused: {attribute: false}, revision: {attribute: false}, changes: {attribute: false},
    hints: {attribute: false}, others: {state: true}, wrong: {state: true}, found: {state: true}, waiting: {state: true},
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
    Object.assign(this, {locks: {}, refused: [], hints: {}, others: null, wrong: [], found: null, waiting: false,
      problem: ''});
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

  willUpdate() {
    const matters = this.revision === undefined || this.draft.prior.kind === 'warm-start';
    if (matters && this.others === null) this.#readOthers();
  }

  /** Reads the keys that are taken, and that a warm start may name; without them the server says what is wrong. */
  async #readOthers() {
    this.others = [];
    this.others = (await experiments().catch(() => [])).map(({key}) => key);
  }

  render() {
    const form = this.#form();
    const name = fieldset('Name', '', html`<div class="side">
      ${line(form, 'key', 'Key', 'What your pages ask for, such as hero-banner. It never changes.', {required: true})}
      ${line(form, 'name', 'Title', 'For people. Empty: the key.', {most: 200})}</div>`);
    const parts = [name, armsPart(form), goalPart(form), trafficPart(form), guardrailsPart(form), learningPart(form)];
    const traffic = this.#traffic(form);
    return html`<form novalidate @submit=${(event) => event.preventDefault()} @input=${this.#type} @change=${this.#type}
        @click=${this.#press} @focusout=${this.#leave}><div class="columns">
      <fieldset class="folded whole" ?disabled=${this.frozen}>${this.#summary(form)}${parts}</fieldset>
      ${this.frozen ? html`<div>${this.#copies()}</div>` : html`<section class="panel implies" aria-label="What these
          settings imply">
        <h2>What to expect</h2>
        ${traffic}
        <preview-result of=${this.draft.key.trim()} .preview=${this.found} unit=${this.draft.unit || 'visitor'}
          ?waiting=${this.waiting} .problem=${this.problem}
          .needs=${this.problem === WRONG ? this.#needs(form) : NONE}
          .quiet=${KEY_ONLY} @field-wanted=${(event) => this.#show(event.detail)}></preview-result>
        ${this.#copies()}
      </section>`}
    </div></form>`;
  }

  #copies() {
    const {definition: written} = definition(this.draft);
    const {revision, changes, frozen} = this;
    return html`<details><summary>Copy as JSON or curl</summary><div class="folded">
      <copy-line .text=${JSON.stringify(written, null, 2)}></copy-line>
      ${frozen ? nothing : revision === undefined ? html`<copy-line .text=${curl('', '', written)}></copy-line>`
        : Object.keys(changes).length === 0 ? html`<p class="hint">Change something, and how to change it with curl stands
          here.</p>`
          : html`<copy-line .text=${curl(`/${written.key} -X PATCH`, ` -H 'If-Match: "${revision}"'`, changes)}
            ></copy-line>`}</div></details>`;
  }

  #traffic(form) {
    const {kind} = this.draft.objective;
    const said = (id, otherwise) => this.hints[id] ?? otherwise;
    return html`<div class="side">
      ${amount(form, 'traffic.unitsPerDay', `${capital(plural(this.draft.unit || 'visitor'))} per day`,
        said('traffic.unitsPerDay', ''))}
      ${amount(form, 'effect', 'Worth finding, in percent', 'How much better an arm would have to be.')}
      ${amount(form, 'traffic.baseline', kind === 'count' ? 'Expected count' : 'Expected rate, in percent',
        said('traffic.baseline', 'Empty: as under Goal.'))}
      ${kind === 'revenue' ? amount(form, 'traffic.orderValue', 'Average order', said('traffic.orderValue',
        'Such as 49.90.')) : nothing}</div>`;
  }

  /** What is wrong with the definition by the latest look of the server; null while that is on its way. */
  get standing() {
    return this.waiting ? null : this.#found.filter(ofDefinition);
  }

  /** What was found wrong, a key that another experiment has among it. */
  get #found() {
    const taken = this.revision === undefined && this.others?.includes(this.draft.key.trim());
    return taken ? [...this.wrong, TAKEN] : this.wrong;
  }

  #form() {
    const wrong = wrongsOf(this.#errors(), this.draft, (id, each) => this.pressed && ofDefinition(each)
      || this.#touched.has(id) || !missing(each));
    const within = (path) => [...wrong.keys()].some((id) => id === path || id.startsWith(`${path}.`)
      || id.startsWith(`${path}[`));
    return {
      draft: this.draft,
      labels: new Map(),
      others: (this.others ?? []).filter((key) => key !== this.draft.key),
      wrong: (id) => wrong.get(id) ?? '',
      locked: (id) => this.locks[id] ?? '',
      inside: (paths) => {
        if (paths.some(within)) this.#opened.add(paths[0]);
        return this.#opened.has(paths[0]);
      },
    };
  }

  /** All that is wrong, told or not. */
  #errors() {
    return [...this.refused, ...this.#found];
  }

  /** What keeps the preview from being worked out, as [id, label]. */
  #needs({labels}) {
    // It is worked out without a key as well.
    const wrong = wrongsOf(this.#errors(), this.draft, (id) => id !== 'key' || this.draft.key.trim() !== '');
    return [...wrong.keys()].map((id) => [id, labels.get(id) ?? id]);
  }

  /** What is wrong once somebody has tried to send it; and at any time what is wrong with a field that is not shown. */
  #summary({labels}) {
    const places = [...labels.keys()];
    const wrong = [...wrongsOf(this.#errors().filter(ofDefinition), this.draft, (id, each) => this.pressed
      || (!labels.has(id) && !missing(each)))].sort(([one], [other]) => places.indexOf(one) - places.indexOf(other));
    return wrong.length === 0 ? nothing : html`<div class="notice bad" id="summary"
      tabindex="-1">
      ${wrong.length === 1 ? 'One setting needs' : `${wrong.length} settings need`} another look:
      <ul>${wrong.map(([id, reason]) => html`<li>${labels.has(id) ? html`<button class="link" type="button"
        data-show=${id}>${labels.get(id)}</button>` : html`<b>${id}</b>`} ${reason}</li>`)}</ul></div>`;
  }

  #type(event) {
    const draft = typed(this.draft, event.target);
    if (draft === this.draft) return;
    this.#touched.add(event.target.name);
    this.#change(draft, event.target.name);
  }

  #press(event) {
    const {dataset} = event.target.closest?.('button') ?? {dataset: {}};
    if (dataset.change) this.#change(listed(this.draft, dataset), dataset.path);
    if (dataset.show) this.#show(dataset.show);
  }

  #leave(event) {
    if (event.target.name) this.#touched.add(event.target.name);
    this.requestUpdate();
  }

  /** Marks what is wrong with a field, and puts the cursor there, wherever it is folded away. */
  async #show(id) {
    this.#touched.add(id);
    this.requestUpdate();
    await this.updateComplete;
    const place = this.renderRoot.getElementById(id);
    showField(place?.matches('input, select, textarea') ? place : place?.closest('fieldset')?.querySelector('input'));
  }

  /** Takes over a draft in which this was changed. What was wrong with that is not said any more until it is looked at. */
  #change(draft, id) {
    const stands = (errors) => standing(errors, this.draft, id);
    Object.assign(this, {draft, refused: stands(this.refused), wrong: stands(this.wrong)});
    this.dispatchEvent(new CustomEvent('draft-changed', {detail: draft}));
    this.#soon(PAUSE_MILLIS);
  }

  #soon(millis) {
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (this.frozen) return;
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

const WRONG = 'First look at';
const NONE = [];
/** Warnings that are told at their field. */
const KEY_ONLY = ['key'];
const TAKEN = {field: 'key', reason: 'is taken: there is an experiment with this key already'};

const curl = (path, more, body) => `curl ${location.origin}/v1/experiments${path} -H 'Content-Type: application/json'${
  more} -d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`;

customElements.define('experiment-form', ExperimentForm);
