import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {experiment as read} from '../api.js';
import {definition} from '../draft.js';
import {draftOf} from '../draft-of.js';
import * as api from '../experiment-api.js';
import {BeforeLeaving, forget, keep, kept} from '../form-memory.js';
import {showWrong} from '../forms.js';
import {consequences, differences, locksOf, named, rebased, written} from '../redefinition.js';
import {completeExperiment} from '../shapes.js';
import {basics, buttons, notices, panels} from '../styles.js';
import './experiment-form.js';

const STALE = 412;

/**
 * The settings of an experiment, to be changed: only what differs is sent, against the revision it was typed for. What
 * somebody else has changed meanwhile is taken over where nothing was typed, and said.
 */
export class ExperimentEdit extends LitElement {
  static properties = {
    entry: {attribute: false}, draft: {state: true}, base: {state: true}, pressed: {state: true},
    refused: {state: true}, failure: {state: true}, said: {state: true}, theirs: {state: true},
  };

  static styles = [basics, buttons, notices, panels, css`
    .aside, .notice {
      margin: .3rem 0 .9rem;
    }
    .actions {
      position: sticky;
      bottom: 0;
      z-index: 1;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .6rem;
      margin-top: 1rem;
      padding: .7rem 0;
      border-top: 1px solid var(--line);
      background: var(--surface);
    }
    .changed {
      color: var(--text-soft);
      font-size: .92rem;
    }
  `];

  constructor() {
    super();
    Object.assign(this, {pressed: false, refused: [], failure: '', said: '', theirs: ''});
    new BeforeLeaving(this, () => this.base && Object.keys(this.#change).length > 0);
  }

  willUpdate() {
    if (!this.base) this.#begin();
  }

  #begin() {
    const {experiment} = this.entry;
    const before = kept(this.#name);
    this.base = before?.base ?? experiment;
    this.draft = before?.draft ?? draftOf(this.base);
    if (before) this.said = 'This is what you typed before and did not save.';
    if (before && this.base.revision !== experiment.revision) this.#rebase(experiment);
  }

  get #name() {
    return `edit.${this.entry.experiment.key}`;
  }

  get #change() {
    return differences(written(this.base), definition(this.draft).definition);
  }

  render() {
    const {base, draft} = this;
    const fields = Object.keys(this.#change);
    const outdated = this.entry.experiment.revision > base.revision;
    return html`<h2>Settings</h2>
      <p class="aside">${base.state === 'draft' ? 'A draft: everything but the key can still change.'
        : 'Started: what was counted must keep its meaning, so some settings stay as they are.'}</p>
      ${this.said ? html`<p class="notice" role="status">${this.said}</p>` : nothing}
      ${this.theirs ? html`<p class="notice warn" role="alert">${this.theirs}</p>` : nothing}
      ${outdated && !this.theirs ? html`<p class="notice warn" role="status">Somebody has changed this experiment
        meanwhile. <button class="plain" type="button" @click=${() => this.#rebase(this.entry.experiment)}>Show the
        current settings</button></p>` : nothing}
      <experiment-form existing .draft=${draft} .locks=${locksOf(base)} .refused=${this.refused}
        ?pressed=${this.pressed} @draft-changed=${this.#keep}></experiment-form>
      ${this.failure ? html`<p class="notice bad" role="alert">${this.failure}</p>` : nothing}
      <div class="actions">
        <button class="plain strong" type="button" ?disabled=${fields.length === 0} @click=${this.#save}>Save
          changes…</button>
        <button class="plain" type="button" ?disabled=${fields.length === 0} @click=${this.#undo}>Undo all</button>
        <span class="changed" role="status">${fields.length === 0 ? 'Nothing is changed.'
          : `You change ${named(fields)}.`}</span>
      </div>`;
  }

  #keep(event) {
    Object.assign(this, {draft: event.detail, refused: [], said: '', failure: ''});
    keep(this.#name, {draft: this.draft, base: bare(this.base)});
  }

  #undo() {
    forget(this.#name);
    this.#show(this.entry.experiment, draftOf(this.entry.experiment), {theirs: '', said: 'Your changes are undone.'});
  }

  async #show(base, draft, more) {
    Object.assign(this, {base, draft, pressed: false, refused: [], failure: '', ...more});
    await this.updateComplete;
    this.#form.again();
  }

  get #form() {
    return this.renderRoot.querySelector('experiment-form');
  }

  async #save() {
    Object.assign(this, {pressed: true, failure: ''});
    const {errors} = definition(this.draft);
    const wrong = errors.length > 0 ? errors : this.#form.standing ?? [];
    if (wrong.length > 0) {
      this.refused = wrong;
      await this.updateComplete;
      showWrong(this.#form);
      return;
    }
    const change = this.#change;
    this.dispatchEvent(wanted({
      title: `Change ${named(Object.keys(change))}?`,
      says: consequences(this.base, change),
      button: 'Save changes',
      run: () => this.#send(change),
    }));
  }

  async #send(change) {
    try {
      const now = completeExperiment(await api.change(this.base.key, change, this.base.revision));
      forget(this.#name);
      this.#show(now, draftOf(now), {theirs: '', said: 'Saved.'});
    } catch (failure) {
      if (failure.status === STALE) {
        this.#rebase(completeExperiment(await read(this.base.key)));
        throw new Error('Somebody else has changed it meanwhile. Close this and look: what they changed is shown above '
          + 'the form, and what you typed is kept.', {cause: failure});
      }
      this.refused = failure.errors ?? [];
      await this.updateComplete;
      showWrong(this.#form);
      throw failure;
    }
  }

  /** Takes over what others have changed, except where something was typed here. */
  #rebase(current) {
    const mine = Object.keys(this.#change);
    const others = Object.keys(differences(written(this.base), written(current)));
    const both = others.filter((field) => mine.includes(field));
    const draft = rebased(this.draft, draftOf(current), mine);
    const theirs = others.length === 0 ? '' : `Somebody else has changed ${named(others)} meanwhile (revision ${
      current.revision}). ${both.length > 0
      ? `You have changed ${named(both)} as well: yours stands in the form and would replace theirs, which is now ${
        both.map((field) => JSON.stringify(written(current)[field] ?? null)).join('; ')}. Undo all shows theirs.`
      : 'That is in the form now; what you typed is kept.'}`;
    keep(this.#name, {draft, base: bare(current)});
    if (mine.length === 0) forget(this.#name);
    this.#show(current, draft, {theirs});
  }
}

/** An experiment without what is counted. */
const bare = ({snapshot, standing, ...rest}) => rest;

customElements.define('experiment-edit', ExperimentEdit);
