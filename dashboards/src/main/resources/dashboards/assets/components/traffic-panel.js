import {LitElement, html, svg} from 'lit';
import {trafficMeanings} from '../evidence-words.js';
import {count, share} from '../format.js';
import {basics, heads, panels} from '../styles.js';
import {units} from '../words.js';
import {note} from './arm-values.js';
import './export-menu.js';

/** Which arm is served how often, beside how often it really was. */
export class TrafficPanel extends LitElement {
  static properties = {experiment: {attribute: false}, traffic: {attribute: false}};

  static styles = [basics, heads, panels];

  render() {
    const {experiment} = this;
    const say = trafficMeanings(experiment);
    const columns = [
      {name: 'Served now', kind: 'main range', meaning: say.share, cell: (fact) => bar(fact.share),
        raw: [['served now (fraction)', (fact) => fact.share]]},
      ...[['Last 24 hours', 'day'], ['Since the start', 'all']].map(([name, part]) => ({
        name, kind: 'number', meaning: say[part],
        cell: (fact) => html`${share(fact[part].share)}${note(`${count(fact[part].units)} ${units(experiment)}`)}`,
        raw: [[`${name.toLowerCase()} (fraction)`, (fact) => fact[part].share],
          [`${name.toLowerCase()} (${units(experiment)})`, (fact) => fact[part].units]],
      })),
    ];
    return html`<div class="head"><div><h2>Traffic</h2>
        <p class="aside">What is asked for, beside what really happened.</p></div>
        <export-menu of=${experiment.key} subject="traffic"
          .table=${() => this.renderRoot.querySelector('arm-values').table()}></export-menu></div>
      <arm-values name="Traffic of each arm" .experiment=${experiment} .facts=${this.traffic}
        .columns=${columns}></arm-values>`;
  }
}

const bar = (part) => html`<span class="written">${share(part)}</span><svg class="bar" aria-hidden="true">${svg`
  <rect class="rest" width="100%" height="6" rx="3"></rect>
  <rect class="part" width="${(100 * (part ?? 0)).toFixed(2)}%" height="6" rx="3"></rect>`}</svg>`;

customElements.define('traffic-panel', TrafficPanel);
