import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {NOTHING_WRONG, choiceField, lineField, showWrong, values, wrongs} from '../forms.js';
import {KeepsFocus} from '../focus.js';
import {BeforeLeaving} from '../form-memory.js';
import {clockTime} from '../format.js';
import {held, hold} from '../secrets-shown.js';
import * as api from '../source-api.js';
import {followed, removeSecret} from '../source-actions.js';
import {GIVES_SECRET, KIND_GUIDES} from '../source-words.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './secret-once.js';
import {tables} from './table.css.js';

const OVERLAPS = [['P1D', 'for 1 day'], ['P7D', 'for 7 days'], ['P30D', 'for 30 days'], ['PT0S', 'no longer']];

/**
 * The secrets of a source by their last characters, and how to change to a new one.
 *
 * @fires source-changed   it has other secrets
 * @fires action-wanted    to delete one
 */
export class SourceSecrets extends LitElement {
  static properties = {
    source: {attribute: false}, adding: {state: true}, made: {state: true}, wrong: {state: true}, busy: {state: true},
  };

  static styles = [basics, buttons, panels, fields, notices, tables, css`
    table, .notice {
      margin-bottom: .8rem;
    }
    td, th {
      vertical-align: middle;
    }
    td:last-child {
      text-align: right;
    }
    thead td {
      padding: 0;
    }
    secret-once {
      margin-bottom: .8rem;
    }
  `];

  constructor() {
    super();
    Object.assign(this, {adding: false, made: null, wrong: NOTHING_WRONG, busy: false});
    new KeepsFocus(this, () => this.renderRoot.querySelector('.new'));
    new BeforeLeaving(this, () => Boolean(this.made?.secret));
  }

  willUpdate() {
    this.made ??= held(this.source.key);
  }

  render() {
    const {secrets} = this.source;
    return html`<h2>Secrets</h2>
      <p>What the sender signs with. To change it, make a new one here, give it to the sender, and let the one before
        run out.</p>
      ${this.made?.secret || secrets.some(({id}) => id === this.made?.id) ? this.#made(this.made, secrets) : nothing}
      <table><thead><tr><th scope="col">Ends in</th><th scope="col">Added</th><th scope="col">Expires</th>
        <td></td></tr></thead>
        <tbody>${secrets.map((secret) => this.#row(secret, secrets.length))}</tbody></table>
      ${this.adding ? this.#form() : html`<button class="plain new" type="button"
        @click=${this.#open}>New secret…</button>`}`;
  }

  #row(secret, many) {
    const {hint, addedAt, expiresAt} = secret;
    return html`<tr><th scope="row"><code>…${hint}</code></th>
      <td>${clockTime(Date.parse(addedAt))}</td>
      <td>${expiresAt ? clockTime(Date.parse(expiresAt)) : 'never'}</td>
      <td>${many > 1 ? html`<button class="plain danger" type="button" @click=${() => this.#remove(secret)}
        aria-label="Delete the secret that ends in ${hint}">Delete…</button>` : nothing}</td>
      </tr>`;
  }

  #remove(secret) {
    this.dispatchEvent(wanted(followed(removeSecret(this.source, secret), () => this.#changed())));
  }

  #changed() {
    this.dispatchEvent(new Event('source-changed'));
  }

  #made({id, hint, secret}, secrets) {
    const [before] = secrets.filter((each) => each.id !== id && each.expiresAt)
      .sort((a, b) => Date.parse(b.addedAt) - Date.parse(a.addedAt));
    if (secret) {
      return html`<secret-once .secret=${secret} .before=${before} @secret-kept=${this.#keep}></secret-once>`;
    }
    return html`<p class="notice" role="status">The secret that ends in ${hint} is valid now. ${before
      ? `The one before (…${before.hint}) holds until ${clockTime(Date.parse(before.expiresAt))}.` : ''}</p>`;
  }

  #form() {
    const {kind} = this.source;
    const {fields: wrong, rest} = this.wrong;
    const given = GIVES_SECRET.has(kind);
    return html`<form novalidate @submit=${this.#submit}>
      ${lineField({id: 'secret', label: given ? 'New secret' : 'New secret (leave empty to have one made)',
        hint: KIND_GUIDES[kind]?.secret, wrong: wrong.secret, required: given})}
      ${choiceField({id: 'overlap', label: 'The one before stays valid', value: 'P1D', choices: OVERLAPS,
        wrong: wrong.overlap})}
      ${rest ? html`<p class="notice bad" role="alert">${rest}</p>` : nothing}
      <div class="choices"><button class="plain strong" type="submit" ?disabled=${this.busy}>Add the secret</button>
        <button class="plain" type="button" ?disabled=${this.busy} @click=${this.#cancel}>Cancel</button></div></form>`;
  }

  #keep() {
    hold(this.source.key, null);
    this.made = null;
    this.#leave();
  }

  #cancel() {
    this.#close();
    this.#leave();
  }

  async #leave() {
    await this.updateComplete;
    this.renderRoot.querySelector('.new')?.focus();
  }

  async #open() {
    this.adding = true;
    await this.updateComplete;
    this.renderRoot.querySelector('input').focus();
  }

  #close() {
    Object.assign(this, {adding: false, wrong: NOTHING_WRONG});
  }

  async #submit(event) {
    event.preventDefault();
    Object.assign(this, {busy: true, wrong: NOTHING_WRONG});
    try {
      const {secret, overlap} = values(event.target);
      const {key} = this.source;
      this.made = await api.addSecret(key, {overlap, ...(secret && {secret})});
      hold(key, this.made);
      this.#close();
      this.#changed();
    } catch (failure) {
      this.wrong = wrongs(failure, ['secret', 'overlap'], 'No secret was added.');
      showWrong(this);
    }
    this.busy = false;
  }
}

customElements.define('source-secrets', SourceSecrets);
