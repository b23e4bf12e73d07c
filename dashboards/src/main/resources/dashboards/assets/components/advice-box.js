import {LitElement, css, html, nothing} from 'lit';
import {wanted} from '../actions.js';
import {check} from '../evidence.js';
import {KeepsFocus} from '../focus.js';
import {keep} from '../keep.js';
import {basics, buttons} from '../styles.js';
import {segmentName} from '../words.js';
import './help-term.js';
import './severity-sign.js';

const TITLES = {
  'keep-going': 'Keep going', stop: 'Time to decide', 'no-difference': 'No difference that matters',
  'nothing-to-compare': 'Nothing to compare',
};

/** Advice by which an arm can be kept. */
const DECIDED = ['stop', 'no-difference'];

/** Where nobody new is shown an arm there is nothing to go on with. */
const RESTING = {paused: 'Paused before a decision', ended: 'Ended before a decision'};

const RULE = 'Stopping is advised when all of these hold. Two full weeks, because shops have weekdays; and too little '
  + 'left to win or to lose for more visitors to change the choice. It only is advice: nothing stops by itself.';

/**
 * What to do now, in a sentence, and the checks that say so. Advice that is `stale`, because no newer one could be read,
 * is not offered to be followed.
 *
 * @fires action-wanted   for the dialog that asks once more
 */
export class AdviceBox extends LitElement {
  static properties = {experiment: {attribute: false}, advice: {attribute: false}, stale: {type: Boolean}};

  static styles = [basics, buttons, css`
    div {
      padding: 1rem 1.2rem;
      border: 1px solid var(--line-strong);
      border-left-width: 6px;
      border-radius: var(--radius);
      background: var(--raised);
    }
    .stop, .no-difference {
      border-color: var(--good);
      background: var(--good-ground);
    }
    h2 {
      font-size: .87rem;
      color: var(--text-soft);
      font-weight: 600;
    }
    .stop h2, .no-difference h2 {
      color: var(--good);
    }
    .sentence {
      max-width: 60rem;
      margin: .1rem 0 .7rem;
      font-size: 1.25rem;
      font-weight: 600;
      line-height: 1.35;
      overflow-wrap: anywhere;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr));
      gap: .35rem 2rem;
      list-style: none;
      font-size: .92rem;
    }
    li {
      display: flex;
      gap: .5rem;
    }
    severity-sign {
      margin-top: .15em;
    }
    li > span {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    b.number {
      white-space: nowrap;
    }
    .follow, .segments {
      margin-bottom: .7rem;
    }
    .rule {
      margin: .7rem 0 .3rem;
      font-size: .87rem;
      color: var(--text-soft);
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this);
  }

  render() {
    const {experiment, advice: {kind, sentence, checks, segments}} = this;
    const title = kind === 'keep-going' && RESTING[experiment.state] || TITLES[kind];
    return html`<div class=${kind}><h2>${title ?? 'Advice'}</h2>
      <p class="sentence">${sentence}</p>
      ${this.#keep()}${this.#segments()}${this.#apart()}
      ${checks.length === 0 ? '' : html`<p class="rule"><help-term .text=${RULE}>What this rests on</help-term>${
        segments ? `, in the ${experiment.segments?.attribute ?? 'segment'} where it stands worst` : ''}</p>
        <ul role="list">${checks.map(check).map((each) => this.#check(each))}</ul>`}</div>`;
  }

  /** The arm for everybody, where it is served, and others still are. */
  #keep() {
    const {experiment, stale, advice: {kind, arm}} = this;
    const served = experiment.arms.filter(({status}) => status !== 'paused').map(({key}) => key);
    if (stale || experiment.state !== 'running' || !DECIDED.includes(kind)) return nothing;
    if (!served.includes(arm) || served.length < 2) return nothing;
    return html`<p class="follow"><button class="plain strong" type="button"
      @click=${() => this.dispatchEvent(wanted(keep(experiment, arm)))}>Give everybody ${arm}…</button></p>`;
  }

  /** What is advised where segments are served by shares of their own. */
  #segments() {
    const {experiment, advice: {segments = []}} = this;
    return segments.length === 0 ? nothing : html`<ul class="segments" role="list">${segments.map((each) => html`<li>
      <severity-sign severity=${DECIDED.includes(each.kind) ? 'good' : 'note'} word=${TITLES[each.kind] ?? 'Advice'}>
      </severity-sign><span><b>${segmentName(experiment, each.segment)}</b>: ${each.sentence}</span></li>`)}</ul>`;
  }

  /** How advice is followed by which each segment keeps an arm of its own. */
  #apart() {
    const {experiment, advice: {kind, arm, segments}} = this;
    if (experiment.state !== 'running' || !segments || kind !== 'stop' || arm !== null) return nothing;
    const by = experiment.segments?.attribute ?? 'segment';
    return html`<p class="follow">No arm is right for everybody, so there is none to give to all. Leave the experiment
      running: each ${by} goes on to be served mostly what suits it. Or show each ${by} its arm by a rule of your own
      pages, then end the experiment.</p>`;
  }

  #check({title, meaning, met, value, needed}) {
    return html`<li><severity-sign severity=${met ? 'good' : 'note'}
        word=${met ? 'Met' : 'Not met yet'}></severity-sign>
      <span>${meaning ? html`<help-term .text=${meaning}>${title}</help-term>` : title}:
        <b class="number">${value}</b>, ${needed} needed: <b>${met ? 'met' : 'not met yet'}</b></span>
      </li>`;
  }
}

customElements.define('advice-box', AdviceBox);
