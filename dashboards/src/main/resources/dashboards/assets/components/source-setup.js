import {LitElement, css, html} from 'lit';
import {wanted} from '../actions.js';
import {NOTHING_WRONG, areaField, json, showWrong, values, wrongs} from '../forms.js';
import {SOURCES, route} from '../route.js';
import * as api from '../source-api.js';
import {followed, removeSource, switchSource} from '../source-actions.js';
import {KIND_GUIDES} from '../source-words.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './copy-line.js';

const CHANGED_MEANWHILE = 412;

/**
 * How a source is set up: its address, and its options, which can be changed here; and whether it is on.
 *
 * @fires source-changed   its options are different
 * @fires action-wanted    to switch it on or off, or to delete it
 */
export class SourceSetup extends LitElement {
  static properties = {
    source: {attribute: false}, editing: {state: true}, theirs: {state: true}, wrong: {state: true},
    busy: {state: true},
  };

  static styles = [basics, buttons, panels, fields, notices, css`
    h3 {
      margin: .9rem 0 .3rem;
      font-size: .95rem;
    }
    pre {
      margin: 0 0 .5rem;
      padding: .6rem .8rem;
      border-radius: 6px;
      background: var(--raised);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      font: .85rem/1.5 var(--mono);
    }
    .last {
      margin-top: 1.2rem;
    }
  `];

  constructor() {
    super();
    Object.assign(this, {editing: null, theirs: null, wrong: NOTHING_WRONG, busy: false});
  }

  render() {
    const {source} = this;
    return html`<h2>Set-up</h2>
      <p>${KIND_GUIDES[source.kind]?.guide ?? ''}</p>
      <h3>Address to give to the sender</h3>
      <copy-line .text=${location.origin + source.address}></copy-line>
      <h3>Options</h3>
      ${this.editing ? this.#form(this.editing) : this.#options(source)}
      <div class="choices last">
        <button class="plain ${source.enabled ? 'danger' : ''}" type="button"
          @click=${() => this.#want(switchSource(source), () => this.#changed())}>Switch ${
          source.enabled ? 'off' : 'on'}…</button>
        <button class="plain danger" type="button"
          @click=${() => this.#want(removeSource(source), () => this.#gone(source.key))}>Delete…</button>
      </div>`;
  }

  #want(action, done) {
    this.dispatchEvent(wanted(followed(action, done)));
  }

  /** Goes to the others, unless somebody has gone elsewhere meanwhile. */
  #gone(key) {
    const shown = route();
    if (shown.page === 'source' && shown.key === key) location.hash = SOURCES;
  }

  #changed() {
    this.dispatchEvent(new Event('source-changed'));
  }

  #options({options}) {
    return html`${Object.keys(options).length === 0 ? html`<p class="aside">The usual ones: none was written.</p>`
      : html`<pre><code>${JSON.stringify(options, null, 2)}</code></pre>`}
      <button class="plain edit" type="button" @click=${this.#edit}>Change the options</button>`;
  }

  #form({options}) {
    const {fields: wrong, rest} = this.wrong;
    return html`<form novalidate @submit=${this.#submit}>
      ${areaField({id: 'options', label: 'All options, as JSON', rows: 10, wrong: wrong.options,
        value: JSON.stringify(options, null, 2),
        hint: 'They hold for deliveries that come from now on. Try a payload afterwards.'})}
      ${this.theirs ? html`<div class="notice warn" role="alert"><p>Somebody else has changed the options meanwhile.
        Nothing was saved. They are now:</p><pre><code>${JSON.stringify(this.theirs, null, 2)}</code></pre>
        <p>Saving again replaces them by what stands above.</p></div>` : ''}
      ${rest ? html`<p class="notice bad" role="alert">${rest}</p>` : ''}
      <div class="choices"><button class="plain strong" type="submit" ?disabled=${this.busy}>Save the options</button>
        <button class="plain" type="button" @click=${this.#close}>Cancel</button></div></form>`;
  }

  /** What is edited is the source as it is now: what somebody else changes meanwhile is not lost unseen. */
  async #edit() {
    this.editing = this.source;
    await this.updateComplete;
    this.renderRoot.querySelector('textarea').focus();
  }

  async #close() {
    Object.assign(this, {editing: null, theirs: null, wrong: NOTHING_WRONG});
    await this.updateComplete;
    this.renderRoot.querySelector('.edit').focus();
  }

  async #submit(event) {
    event.preventDefault();
    Object.assign(this, {busy: true, wrong: NOTHING_WRONG});
    try {
      await api.change(this.editing, {options: json('options', values(event.target).options, {})});
      this.#close();
      this.#changed();
    } catch (failure) {
      await this.#refused(failure);
    }
    this.busy = false;
  }

  /** What was typed stays; where the source has changed, the change is shown before it can be replaced. */
  async #refused(failure) {
    if (failure.status === CHANGED_MEANWHILE) {
      const now = (await api.sources().catch(() => [])).find(({key}) => key === this.editing.key);
      if (now) {
        this.theirs = now.options;
        this.editing = {...this.editing, revision: now.revision};
        return;
      }
    }
    this.wrong = wrongs(failure, ['options'], 'The options were not changed.');
    showWrong(this);
  }
}

customElements.define('source-setup', SourceSetup);
