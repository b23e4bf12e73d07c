import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {experiment as read, feed} from '../api.js';
import {definition} from '../draft.js';
import {draftOf, templateOf} from '../draft-of.js';
import {COUNTED_MINUTES, trafficOf} from '../draft-traffic.js';
import * as api from '../experiment-api.js';
import {BeforeLeaving, forget, keep, kept} from '../form-memory.js';
import {clockTime} from '../format.js';
import {showWrong} from '../forms.js';
import {consequences, differences, locksOf, meanwhile, named, rebased, typedSince, undoing,
  written} from '../redefinition.js';
import {NEW} from '../route.js';
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
    refused: {state: true}, said: {state: true}, theirs: {state: true}, hints: {state: true},
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
    Object.assign(this, {pressed: false, refused: [], said: '', theirs: '', hints: {}});
    new BeforeLeaving(this, () => this.base && Object.keys(this.#change).length > 0);
  }

  #locks = {};
  #compared = {};
  /** What was counted of the visitors, as it stands in the form. */
  #reckoned = null;

  willUpdate(changed) {
    if (!this.base || this.#over()) this.#begin();
    if (changed.has('base')) this.#locks = locksOf(this.base);
  }

  /** Whether the experiment was ended while its settings were looked at: what was typed can be saved no more. */
  #over() {
    return this.entry.experiment.state === 'ended' && this.base.state !== 'ended';
  }

  #begin() {
    const {experiment} = this.entry;
    if (experiment.state === 'ended') forget(this.#name);
    const before = kept(this.#name);
    this.base = before?.base ?? experiment;
    this.draft = before?.draft ?? draftOf(this.base);
    if (before) this.said = 'This is what you typed before and did not save.';
    if (before && this.base.revision !== experiment.revision) this.#rebase(experiment);
    if (experiment.state === 'running' || experiment.state === 'paused') {
      if (!before) this.#reckon(null);
      this.#count();
    }
  }

  /** Reckons with the visitors that have come, of whom there is this feed, or none yet. */
  #reckon(came) {
    const {traffic, hints} = trafficOf(this.entry.experiment, this.entry.snapshot, came);
    this.#reckoned = traffic;
    Object.assign(this, {hints, draft: {...this.draft, traffic}});
  }

  /** Counts the visitors, and reckons with as many unless somebody has said what to reckon with. */
  async #count() {
    const came = await feed(this.entry.experiment.key, COUNTED_MINUTES).catch(() => null);
    if (!came || !same(this.draft.traffic, this.#reckoned)) return;
    this.#reckon(came);
    await this.updateComplete;
    this.#form?.again();
  }

  get #name() {
    return `edit.${this.entry.experiment.key}`;
  }

  /** What would be changed; the same as long as nothing is typed, since it is handed on with every drawing. */
  get #change() {
    const {base, draft} = this;
    if (this.#compared.base !== base || this.#compared.draft !== draft) {
      this.#compared = {base, draft, change: differences(written(base), definition(draft).definition)};
    }
    return this.#compared.change;
  }

  render() {
    const {base, draft} = this;
    const change = this.#change;
    const fields = Object.keys(change);
    const outdated = this.entry.experiment.revision > base.revision;
    return html`<h2>Settings</h2>
      <p class="aside">${ABOUT[base.state] ?? ABOUT.running}</p>
      ${this.theirs ? html`<p class="notice warn" role="alert" tabindex="-1" id="theirs">${this.theirs}</p>` : nothing}
      ${outdated && !this.theirs ? html`<p class="notice warn" role="status">Somebody has changed this experiment
        meanwhile. <button class="plain" type="button" @click=${() => this.#rebase(this.entry.experiment)}>Show the
        current settings</button></p>` : nothing}
      <experiment-form .draft=${draft} .locks=${this.#locks} .refused=${this.refused} .revision=${base.revision}
        .changes=${change} .hints=${this.hints} ?pressed=${this.pressed} ?frozen=${base.state === 'ended'}
        @draft-changed=${this.#keep}></experiment-form>
      <div class="actions">${base.state === 'ended'
        ? html`<button class="plain" type="button" @click=${this.#template}>Use for a new experiment</button>`
        : html`<button class="plain strong" type="button" ?disabled=${fields.length === 0} @click=${this.#save}>Save
            changes…</button>
          <button class="plain" type="button" ?disabled=${fields.length === 0} @click=${this.#undo}>Undo all</button>
          <span class="changed" role="status" tabindex="-1" id="said">${fields.length > 0
            ? `${this.said} You change ${named(fields)}.`.trim() : this.said || 'Nothing is changed.'}</span>`}
      </div>`;
  }

  #keep(event) {
    if (!same(event.detail.traffic, this.draft.traffic)) this.hints = {};
    Object.assign(this, {draft: event.detail, refused: [], said: ''});
    keep(this.#name, {draft: this.draft, base: bare(this.base)});
  }

  #undo() {
    forget(this.#name);
    this.#show(this.entry.experiment, draftOf(this.entry.experiment), {theirs: '', said: 'Your changes are undone.'});
    this.#focus('said');
  }

  /** Begins a new experiment with these settings. */
  #template() {
    const begin = () => {
      keep('new', {draft: templateOf(this.base)});
      location.hash = NEW;
    };
    if (kept('new') === null) {
      begin();
      return;
    }
    this.dispatchEvent(wanted({
      title: 'Replace what you typed for a new experiment?',
      says: ['The form for a new experiment holds something that was not created yet. These settings take its place.'],
      button: 'Replace',
      run: async () => begin(),
    }));
  }

  /** Shows the draft of an experiment; what it is reckoned with stays. */
  async #show(base, draft, more) {
    const {traffic, effect} = this.draft;
    Object.assign(this, {base, draft: {...draft, traffic, effect}, pressed: false, refused: [], ...more});
    await this.updateComplete;
    this.#form.again();
  }

  /** Puts the cursor to what is said, once a dialog that is being closed has given it back. */
  #focus(id) {
    setTimeout(() => this.renderRoot.getElementById(id)?.focus());
  }

  get #form() {
    return this.renderRoot.querySelector('experiment-form');
  }

  async #save() {
    this.pressed = true;
    const {errors} = definition(this.draft);
    const wrong = errors.length > 0 ? errors : this.#form.standing ?? [];
    if (wrong.length > 0) {
      this.#refuse(wrong);
      return;
    }
    const {base, draft} = this;
    const change = this.#change;
    const action = {
      title: `Change ${named(Object.keys(change))}?`,
      says: consequences(base, change),
      button: 'Save changes',
      // What is said when it was done is known only then.
      run: async () => Object.assign(action, await this.#send(base, change, draft)),
    };
    this.dispatchEvent(wanted(action));
  }

  /**
   * Sends a change of what the experiment was when it was asked for, whatever it has become since. Where it cannot be
   * made, the form says why, if it is still there.
   *
   * @param draft what stood in the form then
   * @return what is said of it, as {done, undo}; nothing if it was not done
   */
  async #send(base, change, draft) {
    try {
      const now = completeExperiment(await api.change(base.key, change, base.revision));
      this.#saved(now, draft);
      return {done: 'Your changes are saved.', undo: this.#takingBack(base, now, change)};
    } catch (failure) {
      if (!this.isConnected) throw failure;
      if (failure.status === STALE) {
        this.#rebase(completeExperiment(await read(base.key)));
        this.#focus('theirs');
      } else if (failure.errors?.length > 0) {
        this.#refuse(failure.errors);
      } else {
        throw failure;
      }
      return {};
    }
  }

  /**
   * Shows the experiment as it was saved from a draft. What was typed since then stays, and so does what is kept of a
   * form that has taken the place of this one.
   */
  #saved(now, sent) {
    if (!this.isConnected) {
      const left = kept(this.#name);
      if (left && typedSince(sent, left.draft).length === 0) forget(this.#name);
      return;
    }
    const typed = typedSince(sent, this.draft);
    const draft = rebased(this.draft, sent, draftOf(now), typed);
    if (typed.length > 0) keep(this.#name, {draft, base: bare(now)});
    else forget(this.#name);
    this.#show(now, draft, {theirs: '', said: `Saved at ${clockTime(Date.now())}.`});
    if (typed.length === 0) this.#focus('said');
  }

  /** How a change is taken back, if it can be. */
  #takingBack(base, now, change) {
    const back = undoing(base, now, change);
    return back && {done: 'The settings are as they were.', run: async () => {
      const then = completeExperiment(await api.change(now.key, back, now.revision));
      if (this.base.revision === now.revision) this.#saved(then, draftOf(now));
    }};
  }

  async #refuse(errors) {
    Object.assign(this, {pressed: true, refused: errors});
    await this.updateComplete;
    setTimeout(() => showWrong(this.#form));
  }

  /** Takes over what others have changed, except where something was typed here. */
  #rebase(current) {
    const mine = Object.keys(this.#change);
    const draft = rebased(this.draft, draftOf(this.base), draftOf(current), mine);
    const theirs = meanwhile(this.base, current, mine);
    keep(this.#name, {draft, base: bare(current)});
    if (mine.length === 0) forget(this.#name);
    this.#show(current, draft, {theirs});
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const ABOUT = {
  draft: 'A draft: everything but the key can still change.',
  running: 'Started: what was counted must keep its meaning, so some settings stay as they are.',
  ended: 'Ended: these are the settings that it ran with; nothing of them changes any more.',
};

/** An experiment without what is counted. */
const bare = ({snapshot, standing, ...rest}) => rest;

customElements.define('experiment-edit', ExperimentEdit);
