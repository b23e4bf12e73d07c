import {LitElement, css, html, nothing} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {rails} from '../guardrails.js';
import {enumerated} from '../format.js';
import {guardrailsFile} from '../live-files.js';
import {controlFirst} from '../order.js';
import {colourNumbers} from '../palette.js';
import {before, note} from '../recollection.js';
import {basics, heads, notices} from '../styles.js';
import {FALSE_ALARM_MEANING, endangered, falseAlarms, harmMeaning, suspects} from '../suspects.js';
import './arm-suspect.js';
import './export-menu.js';
import './help-term.js';
import './meter-line.js';

const ARMS_MAX = 12;
const UNFOLDED_MAX = 4;

const SCALE_MEANING = 'The fat mark is where the rule acts; “12× to go” means that it takes twelve times the evidence '
  + 'there is. Evidence multiplies, so a bar half way to a mark of '
  + '400 has 20: the second half comes as quickly as the first. A short stroke in a bar is where it stood when this '
  + 'page first saw it, an hour ago at most.';

/** How far every guardrail of an experiment is from acting: what speaks against each arm, and what the others watch. */
export class GuardRails extends LitElement {
  static properties = {experiment: {attribute: false}, snapshot: {attribute: false}};

  static styles = [basics, heads, notices, css`
    :host {
      container-type: inline-size;
    }
    h2 {
      font-size: 1.1rem;
    }
    h2 + p {
      margin: .1rem 0 .3rem;
    }
    h2 + p, .aside {
      color: var(--text-soft);
      font-size: .92rem;
    }
    .notice {
      margin-bottom: .8rem;
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
      gap: .5rem;
      list-style: none;
    }
    .others {
      align-content: start;
      gap: .9rem;
    }
    .value {
      font-size: .92rem;
    }
    li .aside, section > .aside {
      font-size: .87rem;
    }
    .name {
      font-size: .92rem;
      font-weight: 600;
    }
    @container (min-width: 62rem) {
      .all {
        grid-template-columns: minmax(0, 6fr) minmax(0, 5fr);
      }
    }
  `];

  willUpdate() {
    const {experiment, snapshot} = this;
    const meters = [...suspects(experiment, snapshot).flatMap(({groups}) => groups), ...rails(experiment, snapshot)]
      .flatMap((each) => each.meters ?? []);
    note(experiment.key, meters, Date.parse(snapshot.at));
  }

  render() {
    const {experiment, snapshot} = this;
    const states = rails(experiment, snapshot);
    const off = [...(experiment.guardrails.harm === 'off' ? ['harm'] : []),
      ...states.filter(({value}) => value === null).map(({name}) => name.toLowerCase())];
    return html`<div class="head"><div><h2>Guardrails</h2>
        <p>How far each is from <help-term .text=${SCALE_MEANING}>the mark where it acts</help-term>, and what happens
          then.</p></div>
        <export-menu of=${experiment.key} subject="guardrails" .table=${() => guardrailsFile(experiment, snapshot)}>
        </export-menu></div>
      ${this.#danger()}
      <div class="all">
        ${experiment.guardrails.harm === 'off' ? nothing : this.#harm()}
        <section aria-label="Other guardrails"><h3>The whole experiment</h3><ul class="others" role="list">
          ${states.filter(({value}) => value !== null).map((each) => this.#state(each))}
          ${off.length > 0 ? html`<li class="aside">Off: ${off.join(', ')}.</li>` : nothing}</ul></section>
      </div>`;
  }

  #danger() {
    const arms = endangered(this.experiment, this.snapshot).map(({arm}) => arm);
    return arms.length === 0 ? nothing : html`<p class="notice bad"><strong>${arms.length === 1
      ? `Arm ${arms[0]} is about to be paused.` : `Arms ${enumerated(arms)} are about to be paused.`}</strong> A little
      more evidence of the same kind, and nobody new is shown ${arms.length === 1 ? 'it' : 'them'}.</p>`;
  }

  #harm() {
    const {experiment, snapshot} = this;
    const colours = colourNumbers(controlFirst(experiment.arms));
    const all = suspects(experiment, snapshot);
    return html`<section aria-label="Each arm against control">
      <h3><help-term .text=${harmMeaning(experiment)}>Each arm against control</help-term></h3>
      ${all.length === 0 ? html`<p class="aside">Nothing has been looked at yet.</p>` : nothing}
      <ul role="list">${repeat(all.slice(0, ARMS_MAX), ({arm}) => arm, (suspect) => html`<li><arm-suspect
        .suspect=${suspect} colour=${colours.get(suspect.arm)} of=${experiment.key}
        ?unfolded=${all.length <= UNFOLDED_MAX} at=${Date.parse(snapshot.at)}></arm-suspect></li>`)}</ul>
      ${all.length > ARMS_MAX
        ? html`<p class="aside">and ${all.length - ARMS_MAX} arms with less evidence</p>` : nothing}
      <p class="aside"><help-term .text=${FALSE_ALARM_MEANING}>For nothing</help-term>: ${falseAlarms(experiment)}</p>
    </section>`;
  }

  #state({name, meaning, value, meters = [], facts = [], follows, chance}) {
    const {experiment, snapshot} = this;
    return html`<li><div class="name"><help-term .text=${meaning}>${name}</help-term></div>
      <div class="value number">${value}</div>
      ${meters.map((meter) => html`<meter-line .meter=${meter}
        .earlier=${before(experiment.key, meter.id, Date.parse(snapshot.at))}></meter-line>`)}
      ${facts.map((fact) => html`<p class="aside number">${fact}</p>`)}
      ${follows && meters.length > 0 ? html`<p class="aside">At the mark: ${follows}.${chance ? ` ${chance}` : ''}</p>`
        : nothing}</li>`;
  }
}

customElements.define('guard-rails', GuardRails);
