import {LitElement, css, html, nothing} from 'lit';
import {done} from '../actions.js';
import {told} from '../api.js';
import {basics, buttons, notices} from '../styles.js';
import './actor-name.js';

const NOT_DONE = 'This was not done.';

/**
 * Asks once more before something is done, says what it does, and what the server said if it was refused.
 *
 * It may be closed, and asked for something else, while the server does it. That is then told for itself when it is over.
 *
 * @fires action-done   it was done; or, as an action that only says so, it was refused and nobody sees it here
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
    .wait {
      color: var(--text-soft);
      font-size: .9rem;
    }
    .wait:empty {
      margin-top: -.8rem;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: .6rem;
    }
  `];

  /** Grows with everything that is asked, and when it is closed: what began before is no longer what it shows. */
  #turn = 0;

  /** Opens it for an action of actions.js. */
  async ask(action) {
    this.#turn++;
    Object.assign(this, {action, busy: false, failure: null, typed: ''});
    await this.updateComplete;
    this.renderRoot.querySelector('form').reset();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.renderRoot.querySelector('input, button').focus();
  }

  render() {
    const {title, says, button, danger, asks, types} = this.action ?? {says: []};
    return html`<dialog aria-labelledby="title" aria-describedby="says" @close=${this.#closed}><form @submit=${this.#submit}>
      <h2 id="title">${title}</h2>
      <div id="says">${says.map((sentence) => html`<p>${sentence}</p>`)}</div>
      ${asks ? html`<label>${asks}<input name="reason" required maxlength="500" autocomplete="off"></label>` : nothing}
      ${types ? html`<label>Type ${types} to confirm<input name="typed" autocomplete="off" autocapitalize="none"
        spellcheck="false" .value=${this.typed}
        @input=${({target}) => { this.typed = target.value; }}></label>` : nothing}
      ${this.failure ? html`<p class="notice bad" role="alert">${told(this.failure, NOT_DONE)}</p>` : nothing}
      <p class="wait" role="status">${this.busy ? 'It is being done. Closing this does not stop it.' : ''}</p>
      <actor-name .about=${this.action}></actor-name>
      <div class="choices">
        <button class="plain" type="button" @click=${() => this.#dialog.close()}>${this.busy ? 'Close' : 'Cancel'}</button>
        <button class="plain ${danger ? 'danger' : ''}" type="submit"
          ?disabled=${this.busy || Boolean(types) && this.typed.trim() !== types}>${button}</button>
      </div>
    </form></dialog>`;
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  #closed() {
    this.#turn++;
    this.busy = false;
  }

  async #submit(event) {
    event.preventDefault();
    const {action} = this;
    const turn = this.#turn;
    Object.assign(this, {busy: true, failure: null});
    try {
      await action.run(this.renderRoot.querySelector('input')?.value.trim());
      if (turn === this.#turn) this.#dialog.close();
      this.dispatchEvent(done(action));
    } catch (failure) {
      if (turn === this.#turn) Object.assign(this, {busy: false, failure});
      else this.dispatchEvent(done({done: `${action.title} ${told(failure, NOT_DONE)}`}));
    }
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
