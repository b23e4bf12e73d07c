import {LitElement, css, html, nothing} from 'lit';
import {done} from '../actions.js';
import {basics, buttons, notices} from '../styles.js';

/**
 * Asks once more before something is done, says what it does, and what the server said if it was refused.
 *
 * @fires action-done   it was done
 */
export class ConfirmDialog extends LitElement {
  static properties = {action: {state: true}, busy: {state: true}, failure: {state: true}, typed: {state: true}};

  static styles = [basics, buttons, notices, css`
    dialog {
      width: min(32rem, calc(100vw - 2rem));
      max-height: calc(100vh - 2rem);
      overflow: auto;
      padding: 1.2rem;
      border: 1px solid var(--line-strong);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--text);
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 55%);
    }
    form {
      display: grid;
      gap: .8rem;
    }
    h2 {
      font-size: 1.15rem;
      overflow-wrap: anywhere;
    }
    #says {
      display: grid;
      gap: .5rem;
      overflow-wrap: anywhere;
    }
    label {
      display: grid;
      gap: .25rem;
      font-weight: 600;
    }
    input {
      font: inherit;
      padding: .4rem .6rem;
      border: 1px solid var(--line-strong);
      border-radius: 6px;
      background: var(--ground);
      color: var(--text);
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: .6rem;
    }
  `];

  /** Opens it for an action of actions.js. */
  async ask(action) {
    Object.assign(this, {action, busy: false, failure: null, typed: ''});
    await this.updateComplete;
    this.#dialog.showModal();
    this.renderRoot.querySelector('input')?.focus();
  }

  render() {
    const {title, says, button, danger, asks, types} = this.action ?? {says: []};
    return html`<dialog aria-labelledby="title" aria-describedby="says"><form @submit=${this.#submit}>
      <h2 id="title">${title}</h2>
      <div id="says">${says.map((sentence) => html`<p>${sentence}</p>`)}</div>
      ${asks ? html`<label>${asks}<input name="reason" required maxlength="500" autocomplete="off"></label>` : nothing}
      ${types ? html`<label>Type ${types} to confirm<input name="typed" autocomplete="off" autocapitalize="none"
        spellcheck="false" .value=${this.typed}
        @input=${({target}) => { this.typed = target.value; }}></label>` : nothing}
      ${this.failure ? html`<p class="notice bad" role="alert">This was not done: ${this.failure}</p>` : nothing}
      <div class="choices">
        <button class="plain" type="button" @click=${() => this.#dialog.close()}>Cancel</button>
        <button class="plain ${danger ? 'danger' : ''}" type="submit"
          ?disabled=${this.busy || Boolean(types) && this.typed.trim() !== types}>${button}</button>
      </div>
    </form></dialog>`;
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  async #submit(event) {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input');
    Object.assign(this, {busy: true, failure: null});
    try {
      await this.action.run(input?.value.trim());
      if (input) input.value = '';
      this.#dialog.close();
      this.dispatchEvent(done(this.action));
    } catch (failure) {
      this.failure = failure.message;
    }
    this.busy = false;
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
