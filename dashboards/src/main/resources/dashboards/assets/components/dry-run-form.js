import {LitElement, css, html, nothing} from 'lit';
import {NOTHING_WRONG, areaField, pairs, showWrong, wrongs} from '../forms.js';
import {payload} from '../payloads.js';
import * as api from '../source-api.js';
import {basics, buttons, fields, notices, panels} from '../styles.js';
import './dry-run-result.js';

/** Tries a payload on a source: what would become of it is said, and nothing is stored. */
export class DryRunForm extends LitElement {
  static properties = {
    source: {attribute: false}, result: {state: true}, wrong: {state: true}, busy: {state: true},
  };

  static styles = [basics, buttons, panels, fields, notices, css`
    dry-run-result {
      margin-top: 1rem;
    }
  `];

  constructor() {
    super();
    Object.assign(this, {result: null, wrong: NOTHING_WRONG, busy: false});
  }

  render() {
    const {fields: wrong, rest} = this.wrong;
    return html`<h2>Try a payload</h2>
      <p>Says what would become of a delivery. Nothing is stored or counted.</p>
      <form novalidate @submit=${this.#submit}>
        ${areaField({id: 'headers', label: 'Headers', rows: 3, wrong: wrong.headers,
          value: 'Content-Type: application/json',
          hint: 'One per line, as in Name: value. With the header of the signature, that is checked too.'})}
        ${areaField({id: 'body', label: 'Body', rows: 8, wrong: wrong.body,
          hint: 'Exactly as it was sent, if the signature is to be checked.'})}
        ${rest ? html`<p class="notice bad" role="alert">${rest}</p>` : nothing}
        <div class="choices"><button class="plain strong" type="submit" ?disabled=${this.busy}>Try it</button>
          <button class="plain" type="button" @click=${() => this.#fill(payload(this.source.kind, Date.now()))}>Fill in
            an example</button></div>
      </form>
      <div role="status">${this.result ? html`<dry-run-result .result=${this.result}></dry-run-result>`
        : nothing}</div>`;
  }

  #fill({headers, body}) {
    const set = (id, text) => { this.renderRoot.querySelector(`#${id}`).value = text; };
    set('headers', Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n'));
    set('body', JSON.stringify(body, null, 2));
    Object.assign(this, {result: null, wrong: NOTHING_WRONG});
  }

  /** The body goes as the text that it is: read as JSON and written again, it would have another signature. */
  async #submit(event) {
    event.preventDefault();
    Object.assign(this, {busy: true, wrong: NOTHING_WRONG, result: null});
    try {
      const form = new FormData(event.target);
      const headers = pairs('headers', form.get('headers'), ':', 'Name: value');
      this.result = await api.dryRun(this.source.key, {headers, body: form.get('body').replaceAll('\r\n', '\n')});
    } catch (failure) {
      this.wrong = wrongs(failure, ['headers', 'body'], 'It could not be tried.');
      showWrong(this);
    }
    this.busy = false;
  }
}

customElements.define('dry-run-form', DryRunForm);
