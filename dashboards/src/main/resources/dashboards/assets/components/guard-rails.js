import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {harmMeaning, rails, suspects} from '../guardrails.js';
import {controlFirst} from '../order.js';
import {colourNumbers} from '../palette.js';
import {armColours, basics} from '../styles.js';
import './help-term.js';
import './meter-line.js';

const ARMS_MAX = 12;

/** How every guardrail of an experiment stands: what speaks against each arm, and what the others watch. */
export class GuardRails extends LitElement {
  static properties = {experiment: {attribute: false}, snapshot: {attribute: false}};

  static styles = [basics, armColours, css`
    :host {
      container-type: inline-size;
    }
    h2 {
      font-size: 1.1rem;
    }
    h2 + p {
      margin: .1rem 0 .8rem;
      color: var(--text-soft);
      font-size: .92rem;
    }
    .all {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1.2rem 2.5rem;
    }
    h3 {
      margin-bottom: .4rem;
      font-size: .95rem;
    }
    ul {
      display: grid;
      gap: .7rem;
      list-style: none;
    }
    .arm {
      display: flex;
      gap: .45rem;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .arm i {
      flex: none;
      width: .75em;
      height: .75em;
      margin-top: .35em;
      border-radius: 3px;
      background: currentColor;
    }
    .arm span {
      color: var(--text);
    }
    .state {
      color: var(--text-soft);
      font-size: .8rem;
      font-weight: 600;
    }
    .value {
      font-size: .92rem;
    }
    .aside {
      color: var(--text-soft);
      font-size: .87rem;
    }
    .name {
      font-size: .92rem;
      font-weight: 600;
    }
    @container (min-width: 50rem) {
      .all {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `];

  render() {
    const {experiment, snapshot} = this;
    const states = rails(experiment, snapshot);
    const off = [...(experiment.guardrails.harm === 'off' ? ['harm'] : []),
      ...states.filter(({value}) => value === null).map(({name}) => name.toLowerCase())];
    return html`<h2>Guardrails</h2>
      <p>What they watch, and how far each is from acting: where a bar is full, it does.</p>
      <div class="all">
        ${experiment.guardrails.harm === 'off' ? nothing : this.#harm()}
        <ul role="list" aria-label="Other guardrails">${states.filter(({value}) => value !== null)
          .map((each) => this.#state(each))}
          ${off.length > 0 ? html`<li class="aside">Off: ${off.join(', ')}.</li>` : nothing}</ul>
      </div>`;
  }

  #harm() {
    const {experiment, snapshot} = this;
    const colours = colourNumbers(controlFirst(experiment.arms));
    const paused = new Set(experiment.arms.filter(({status}) => status === 'paused').map(({key}) => key));
    const all = suspects(experiment, snapshot);
    return html`<section aria-label="Evidence of harm">
      <h3><help-term .text=${harmMeaning(experiment)}>Evidence of harm</help-term></h3>
      ${all.length === 0 ? html`<p class="aside">Nothing has been looked at yet.</p>` : nothing}
      <ul role="list">${repeat(all.slice(0, ARMS_MAX), ({arm}) => arm, ({arm, meters}) => html`<li>
        <div class="arm arm-${colours.get(arm)}"><i></i><span>${arm}${
          paused.has(arm) ? html` <span class="state">paused</span>` : nothing}</span></div>
        ${meters.map((meter) => html`<meter-line .meter=${meter}></meter-line>`)}</li>`)}</ul>
      ${all.length > ARMS_MAX
        ? html`<p class="aside">and ${all.length - ARMS_MAX} arms with less evidence</p>` : nothing}
    </section>`;
  }

  #state({name, meaning, value, meters = [], facts = []}) {
    return html`<li><div class="name"><help-term .text=${meaning}>${name}</help-term></div>
      <div class="value number">${value}</div>
      ${meters.map((meter) => html`<meter-line .meter=${meter}></meter-line>`)}
      ${facts.map((fact) => html`<p class="aside number">${fact}</p>`)}</li>`;
  }
}

customElements.define('guard-rails', GuardRails);
