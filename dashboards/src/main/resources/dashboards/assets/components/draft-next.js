import {LitElement, css, html} from 'lit';
import {SOURCES, experimentAddress} from '../route.js';
import {basics} from '../styles.js';
import {unit, units} from '../words.js';
import './copy-line.js';

/** What comes next for an experiment that was not started yet. */
export class DraftNext extends LitElement {
  static properties = {experiment: {attribute: false}};

  static styles = [basics, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .5rem;
    }
    h2 {
      font-size: 1.1rem;
    }
    ol {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: .6rem;
      padding-left: 1.2rem;
    }
  `];

  render() {
    const {experiment} = this;
    const {metric} = experiment.objective;
    return html`<h2>What comes next</h2><ol>
      <li>Your pages ask which arm to show a ${unit(experiment)}. As long as this is a draft, the answer is the control.
        <copy-line .text=${decide(experiment.key)}></copy-line></li>
      <li>Your shop reports each “${metric}” of theirs, best through one of the <a href=${SOURCES}>sources</a>.</li>
      <li>Look at the <a href=${experimentAddress(experiment.key, 'edit')}>settings</a> once more, then press Start: new
        ${units(experiment)} are divided between the arms from that moment on.</li></ol>`;
  }
}

const decide = (key) => `curl ${location.origin}/v1/decisions -H 'Content-Type: application/json' -d '{
  "experiment": "${key}",
  "unit": "visitor-123"
}'`;

customElements.define('draft-next', DraftNext);
