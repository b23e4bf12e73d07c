import {LitElement, css, html, nothing} from 'lit';
import {ANYBODY, ActorChanges, actor, keep, spelled, written, wrong} from '../actor.js';
import {by} from '../audit-words.js';
import {lineField, showWrong} from '../forms.js';
import {basics, buttons, fields} from '../styles.js';

const HINT = 'Kept in this browser, for all that is done here. It is a note to the others and no proof: nobody is '
  + 'asked for a password.';

/**
 * Under which name what is done from here goes to the audit log, and a field to say another one; `lead` begins the
 * sentence. A name is taken when the field is left, so that what is done next has it. The field is no part of a form
 * around this, and is closed when this is `about` something else.
 */
export class ActorName extends LitElement {
  static properties = {
    lead: {}, about: {attribute: false}, changing: {state: true}, typed: {state: true},
  };

  static styles = [basics, buttons, fields, css`
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: .2rem .6rem;
      color: var(--text-soft);
      font-size: .9rem;
      overflow-wrap: anywhere;
    }
    .line strong {
      color: var(--text);
    }
    .line button.plain, .choices button.plain {
      min-height: 1.8rem;
      padding: .1rem .6rem;
      font-size: .87rem;
    }
    form {
      max-width: 32rem;
      gap: .5rem;
      margin-top: .5rem;
      padding: .6rem .7rem;
      border: 1px solid var(--line);
      border-radius: 6px;
    }
  `];

  /** The name that there was, once another one was taken while the field is open; null before. */
  #before = null;

  constructor() {
    super();
    this.lead = 'Goes';
    new ActorChanges(this);
  }

  willUpdate(changed) {
    if (changed.has('about')) this.changing = false;
  }

  render() {
    const name = actor();
    // Nothing moves when the field is left, or what was about to be pressed would not be there any more.
    return html`<div class="line"><span role="status">${this.lead} to the audit log as${this.changing ? ':' : html` ${
        name === ANYBODY ? by({actor: name}) : html`<strong>${name}</strong>`}.`}</span>${this.changing ? nothing
        : html`<button class="plain" type="button" @click=${this.#change}>${name === ANYBODY
          ? 'Say your name' : 'Change the name'}</button>`}</div>
      ${this.changing ? this.#field() : nothing}`;
  }

  #field() {
    const mistake = wrong(this.typed);
    const name = spelled(this.typed);
    const recorded = name === '' ? `Empty: recorded as ${by({actor: ANYBODY})}. ` : `Recorded as ${name}. `;
    const meanwhile = `Until then it goes as ${by({actor: actor()})}.`;
    return html`<form novalidate @submit=${this.#done} @keydown=${this.#key} @change=${this.#take}
        @input=${({target}) => { this.typed = target.value; }}>
      ${lineField({id: 'actor', label: 'Your name', value: this.typed, wrong: mistake && `${mistake} ${meanwhile}`,
        hint: `${mistake ? '' : recorded}${HINT}`})}
      <div class="choices"><button class="plain" type="submit">Use this name</button>
        <button class="plain" type="button" @click=${this.#cancel}>Leave it as it was</button></div></form>`;
  }

  async #change() {
    this.#before = null;
    Object.assign(this, {changing: true, typed: written()});
    await this.updateComplete;
    this.renderRoot.querySelector('input').select();
  }

  /** A browser may say also of a field that it takes away that it has changed. */
  #take() {
    if (!this.changing || wrong(this.typed)) return;
    this.#before ??= written();
    keep(this.typed);
  }

  #done(event) {
    event.preventDefault();
    this.#take();
    if (wrong(this.typed)) showWrong(this);
    else this.#close();
  }

  #cancel() {
    if (this.#before !== null) keep(this.#before);
    this.#close();
  }

  async #close() {
    this.changing = false;
    await this.updateComplete;
    this.renderRoot.querySelector('button').focus();
  }

  /** It closes the field, not the dialog around it. */
  #key(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#cancel();
  }
}

customElements.define('actor-name', ActorName);
