import {LitElement, css, html, nothing} from 'lit';
import {BeforeLeaving} from '../form-memory.js';
import {NOTHING_WRONG, areaField, choiceField, json, lineField, showWrong, values, wrongs} from '../forms.js';
import {sourceAddress} from '../route.js';
import {held, hold} from '../secrets-shown.js';
import * as api from '../source-api.js';
import {GIVES_SECRET, KIND_GUIDES} from '../source-words.js';
import {KINDS} from '../sources.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './copy-line.js';
import './secret-once.js';

/** By what a secret is held that a new source was given. */
const NEW = '';

const NAMES = ['key', 'kind', 'secret', 'options'];

/**
 * Sets up a source: its name, platform, options and secret. Then says where the sender is to send, and the secret if
 * the server made it.
 *
 * @fires source-added   it is there
 * @fires form-closed    it is done with
 */
export class SourceForm extends LitElement {
  static properties = {kind: {state: true}, wrong: {state: true}, busy: {state: true}, made: {state: true}};

  static styles = [basics, buttons, panels, fields, notices, css`
    form, .made {
      max-width: 52rem;
    }
    .made {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .8rem;
    }
    h2 {
      margin-bottom: .8rem;
    }
    .made h2 {
      margin: 0;
      outline: none;
    }
    pre {
      margin: .2rem 0 0;
      white-space: pre-wrap;
      font: .85rem/1.5 var(--mono);
    }
  `];

  constructor() {
    super();
    Object.assign(this, {kind: 'stripe', wrong: NOTHING_WRONG, busy: false, made: held(NEW)});
    new BeforeLeaving(this, () => this.unfinished);
  }

  /** Whether the secret may be lost if it is closed now. */
  get unfinished() {
    return this.busy || Boolean(this.made?.secret);
  }

  firstUpdated() {
    this.renderRoot.querySelector('input')?.focus();
  }

  render() {
    return this.made ? this.#made(this.made) : this.#form();
  }

  #form() {
    const {kind, wrong: {fields: wrong, rest}} = this;
    const {guide, secret, options} = KIND_GUIDES[kind];
    const given = GIVES_SECRET.has(kind);
    return html`<h2>Add a source</h2><form novalidate @submit=${this.#submit}>
      <div class="side">
        ${lineField({id: 'key', label: 'Name', wrong: wrong.key, required: true,
          hint: 'The last part of its address: letters, digits, dots, hyphens, such as stripe-live.'})}
        ${choiceField({id: 'kind', label: 'Platform', wrong: wrong.kind, value: kind, hint: guide,
          choices: Object.entries(KINDS), change: (event) => { this.kind = event.target.value; }})}
      </div>
      ${lineField({id: 'secret', label: given ? 'Secret' : 'Secret (leave empty to have one made)', hint: secret,
        wrong: wrong.secret, required: given})}
      ${areaField({id: 'options', label: 'Options (leave empty for the usual ones)', rows: 5, wrong: wrong.options,
        hint: html`JSON. For ${KINDS[kind]}, for example: <code>${JSON.stringify(options)}</code>`})}
      ${rest ? html`<p class="notice bad" role="alert">${rest}</p>` : nothing}
      <div class="choices"><button class="plain strong" type="submit" ?disabled=${this.busy}>Add the source</button>
        <button class="plain" type="button" ?disabled=${this.busy} @click=${this.#close}>Cancel</button></div>
    </form>`;
  }

  #made({key, address, secret}) {
    return html`<div class="made"><h2 tabindex="-1">${key} is set up</h2>
      <p>Give this address to the sender:</p>
      <copy-line .text=${location.origin + address}></copy-line>
      ${secret ? html`<secret-once .secret=${secret} @secret-kept=${this.#keep}></secret-once>` : nothing}
      <p><a href=${sourceAddress(key)}>Open ${key}</a> to try a payload, or to see what came in.</p>
      ${secret ? nothing : html`<div class="choices"><button class="plain" type="button"
        @click=${this.#close}>Close</button></div>`}</div>`;
  }

  async #submit(event) {
    event.preventDefault();
    Object.assign(this, {busy: true, wrong: NOTHING_WRONG});
    try {
      const {key, kind, secret, options} = values(event.target);
      this.made = await api.create({key, kind, options: json('options', options, {}), ...(secret && {secret})});
      hold(NEW, this.made);
      this.dispatchEvent(new Event('source-added'));
    } catch (failure) {
      this.wrong = wrongs(failure, NAMES, 'The source was not added.');
      showWrong(this);
    }
    this.busy = false;
    if (this.made && !this.made.secret) this.#showMade();
  }

  #keep() {
    this.made = {...this.made, secret: null};
    hold(NEW, null);
    this.#showMade();
  }

  async #showMade() {
    await this.updateComplete;
    this.renderRoot.querySelector('.made h2').focus();
  }

  #close() {
    this.dispatchEvent(new Event('form-closed'));
  }
}

customElements.define('source-form', SourceForm);
