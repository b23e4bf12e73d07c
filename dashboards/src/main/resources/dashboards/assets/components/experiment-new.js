import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {told} from '../api.js';
import {definition, fresh} from '../draft.js';
import * as api from '../experiment-api.js';
import {BeforeLeaving, forget, keep, kept} from '../form-memory.js';
import {plural, sentence} from '../format.js';
import {showWrong} from '../forms.js';
import {OVERVIEW, experimentAddress, route} from '../route.js';
import {basics, buttons, notices, panels} from '../styles.js';
import './experiment-form.js';

const NAME = 'new';

/** The form for a new experiment: creates a draft, or starts it as well. What was typed is kept while the tab is open. */
export class ExperimentNew extends LitElement {
  static properties = {
    params: {attribute: false}, draft: {state: true}, pressed: {state: true}, refused: {state: true},
    failure: {state: true}, busy: {state: true}, restored: {state: true},
  };

  static styles = [basics, buttons, notices, panels, css`
    nav {
      margin-bottom: .6rem;
      font-size: .92rem;
    }
    h1 {
      margin-bottom: .2rem;
    }
    .notice {
      margin: .6rem 0;
    }
    .aside {
      margin-bottom: 1rem;
    }
    .actions {
      position: sticky;
      bottom: 0;
      z-index: 1;
      display: flex;
      flex-wrap: wrap;
      gap: .6rem;
      margin-top: 1rem;
      padding: .7rem 0;
      border-top: 1px solid var(--line);
      background: var(--ground);
    }
  `];

  /** Whether it was created, so that nothing can be lost any more. */
  #made = false;

  constructor() {
    super();
    const before = kept(NAME);
    Object.assign(this, {draft: before?.draft ?? fresh(), restored: Boolean(before), pressed: false, refused: [],
      failure: '', busy: false});
    new BeforeLeaving(this, () => !this.#made && this.#typed);
  }

  get #typed() {
    return JSON.stringify(this.draft) !== JSON.stringify(fresh());
  }

  render() {
    return html`<nav aria-label="Breadcrumb"><a href=${OVERVIEW}>← All experiments</a></nav>
      <h1 tabindex="-1">New experiment</h1>
      <p class="aside">Give it a key, say what is shown and what counts. Everything else has a sound default.</p>
      ${this.restored ? html`<p class="notice" role="status">This is what you typed before.
        <button class="plain" type="button" @click=${this.#startOver}>Start over</button></p>` : nothing}
      <experiment-form .draft=${this.draft} .refused=${this.refused} ?pressed=${this.pressed}
        @draft-changed=${this.#keep}></experiment-form>
      ${this.failure ? html`<p class="notice bad" role="alert">${this.failure}</p>` : nothing}
      <div class="actions">
        <button class="plain strong" type="button" ?disabled=${this.busy} @click=${this.#createAndStart}>Create and
          start…</button>
        <button class="plain" type="button" ?disabled=${this.busy} @click=${this.#create}>Create as draft</button>
      </div>`;
  }

  #keep(event) {
    this.draft = event.detail;
    Object.assign(this, {refused: [], failure: ''});
    keep(NAME, {draft: this.draft});
  }

  async #startOver() {
    forget(NAME);
    Object.assign(this, {draft: fresh(), restored: false, pressed: false, refused: [], failure: ''});
    await this.updateComplete;
    this.#form.again();
    this.renderRoot.querySelector('h1').focus();
  }

  get #form() {
    return this.renderRoot.querySelector('experiment-form');
  }

  /** The definition, if nothing in it is wrong as far as can be told here. */
  async #written() {
    Object.assign(this, {pressed: true, failure: ''});
    const {definition: written, errors} = definition(this.draft);
    const wrong = errors.length > 0 ? errors : this.#form.standing ?? [];
    if (wrong.length === 0) return written;
    this.#mark(wrong);
    return null;
  }

  async #create() {
    const written = await this.#written();
    if (!written) return;
    this.busy = true;
    try {
      await api.create(written);
      this.#leave(written.key);
    } catch (failure) {
      const wrong = errorsOf(failure);
      if (wrong.length > 0) this.#mark(wrong);
      else this.failure = told(failure, 'It was not created.');
    }
    this.busy = false;
  }

  async #createAndStart() {
    const written = await this.#written();
    if (!written) return;
    const control = written.arms.find((arm) => arm.control)?.key ?? 'the control';
    this.dispatchEvent(wanted({
      title: `Create and start ${written.name ?? written.key ?? 'the experiment'}?`,
      says: [
        `From now on ${plural(written.unit ?? 'visitor')} are divided between ${written.arms.map(({key}) => key).join(', ')}`
          + `${written.holdout > 0 ? `; the holdout always gets ${control}` : ''}.`,
        'Once it has started, its metric, what counts, its time to convert, its control and its segments stay as they are. '
          + 'Arms can be added and paused, everything else changed. It can be paused at any time.',
      ],
      button: 'Create and start',
      run: this.#starting(written),
    }));
  }

  /**
   * What creates and starts it. One that was created is there, even if it cannot be started: then its settings are shown
   * behind the dialog that says why, and asking again only starts it.
   */
  #starting(written) {
    let created = false;
    return async () => {
      if (!created && !await this.#created(written)) return;
      created = true;
      try {
        await api.start(written.key);
      } catch (failure) {
        throw halfDone(failure, this.#leave(written.key, 'edit'));
      }
      this.#leave(written.key);
    };
  }

  /** Creates it; if the form has to be looked at once more, says so there. */
  async #created(written) {
    try {
      await api.create(written);
      return true;
    } catch (failure) {
      const wrong = errorsOf(failure);
      if (wrong.length === 0 || !this.isConnected) throw failure;
      this.#mark(wrong);
      return false;
    }
  }

  /** Marks what is wrong, and puts the cursor there, once a dialog that is being closed has given it back. */
  async #mark(wrong) {
    this.refused = wrong;
    await this.updateComplete;
    setTimeout(() => showWrong(this.#form));
  }

  /**
   * Goes to what was created, unless somebody has gone elsewhere meanwhile; what was typed since for yet another one is
   * kept.
   *
   * @return whether it is shown now
   */
  #leave(key, section) {
    this.#made = true;
    if (this.isConnected || JSON.stringify(kept(NAME)?.draft) === JSON.stringify(this.draft)) forget(NAME);
    if (!this.isConnected && route().key !== key) return false;
    location.hash = experimentAddress(key, section);
    return true;
  }
}

/** That it was created, which is then not said to be undone, and what is known of its start. */
function halfDone(failure, shown) {
  const half = failure.doubtful ? 'It was created, and was to start at once.'
    : 'It was created, as a draft, but could not be started.';
  const words = `${half} ${sentence(failure.message)}${shown ? ' Its settings are open behind this.' : ''}`;
  return Object.assign(new Error(words, {cause: failure}), {doubtful: true});
}

/** What was wrong with which field; a conflict is about the key. */
const errorsOf = (failure) => (failure.status === CONFLICT
  ? [{field: 'key', reason: 'is taken: there is an experiment with this key already'}] : failure.errors ?? []);

const CONFLICT = 409;

customElements.define('experiment-new', ExperimentNew);
