import {LitElement, css, html} from 'lit';
import {before} from '../recollection.js';
import {armColours, basics} from '../styles.js';
import './meter-line.js';

/**
 * How far one arm is from being paused, held back, or told to be better. Folded where nothing speaks for any of it,
 * unless it begins `unfolded`.
 */
export class ArmSuspect extends LitElement {
  static properties = {suspect: {attribute: false}, colour: {type: Number}, of: {}, at: {type: Number},
    unfolded: {type: Boolean}};

  static styles = [basics, armColours, css`
    summary {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: .2rem .6rem;
      padding: .35rem .6rem;
      border-radius: 6px;
      background: var(--raised);
      cursor: pointer;
    }
    summary.bad {
      background: var(--bad-ground);
    }
    summary.warn {
      background: var(--warn-ground);
    }
    summary.good {
      background: var(--good-ground);
    }
    summary::before {
      content: '▸';
      color: var(--text-soft);
    }
    details[open] summary::before {
      content: '▾';
    }
    .arm {
      display: flex;
      gap: .45rem;
      min-width: 0;
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
      margin-left: auto;
      font-size: .87rem;
      font-weight: 600;
    }
    .quiet .state {
      color: var(--text-soft);
      font-weight: 400;
    }
    .bad .state {
      color: var(--bad);
    }
    .warn .state {
      color: var(--warn);
    }
    .good .state {
      color: var(--good);
    }
    .groups {
      display: grid;
      gap: .5rem;
      padding: .5rem 0 .3rem;
    }
    h4 {
      margin: 0 0 .15rem;
      font-size: .82rem;
      font-weight: 600;
    }
  `];

  /** Told once: what somebody has opened or closed stays so. */
  #open = null;

  willUpdate() {
    this.#open ??= this.unfolded || this.suspect.state.severity !== 'quiet';
  }

  render() {
    const {arm, groups, state} = this.suspect;
    return html`<details ?open=${this.#open}>
      <summary class=${state.severity}><span class="arm arm-${this.colour}"><i></i><span>${arm}</span></span>
        <span class="state">${state.word}</span></summary>
      <div class="groups">${groups.map(({title, meters}) => html`<div><h4>${title}</h4>
        ${meters.map((meter) => html`<meter-line .meter=${meter}
          .earlier=${before(this.of, meter.id, this.at)}></meter-line>`)}</div>`)}</div></details>`;
  }
}

customElements.define('arm-suspect', ArmSuspect);
