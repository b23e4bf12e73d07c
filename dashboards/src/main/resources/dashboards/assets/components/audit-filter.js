import {LitElement, css, html} from 'lit';
import {GUARDRAIL, who} from '../audit-words.js';
import {choiceField, lineField} from '../forms.js';
import {basics, fields} from '../styles.js';
import {filters} from './filters.css.js';

const USUAL = [GUARDRAIL, 'dashboard', 'api'];

/**
 * What the audit log is narrowed to: `set` is {experiment, actor, text}; `experiments` and `actors` are known ones.
 *
 * @fires filter-changed   `detail` is what changed of `set`
 */
export class AuditFilter extends LitElement {
  static properties = {set: {attribute: false}, experiments: {attribute: false}, actors: {attribute: false}};

  static styles = [basics, fields, filters];

  render() {
    const {experiment, actor, text} = this.set;
    const choices = (all, chosen) => [...new Set([...all, ...(chosen ? [chosen] : [])])];
    return html`<form role="search" @submit=${(event) => event.preventDefault()} @input=${this.#changed}
        @change=${this.#changed}>
      ${lineField({id: 'text', label: 'Search', type: 'search', value: text, most: 200})}
      ${choiceField({id: 'experiment', label: 'Experiment', value: experiment, choices: [['', 'All'],
        ...choices(this.experiments, experiment).sort().map((key) => [key, key])]})}
      ${choiceField({id: 'actor', label: 'Who', value: actor, choices: [['', 'Everybody'],
        ...choices([...USUAL, ...this.actors], actor).map((each) => [each, who({actor: each})])]})}</form>`;
  }

  updated() {
    for (const [id, value] of Object.entries(this.set)) this.renderRoot.querySelector(`#${id}`).value = value;
  }

  #changed({target: {id, value}}) {
    if (this.set[id] !== value) this.dispatchEvent(new CustomEvent('filter-changed', {detail: {[id]: value}}));
  }
}

customElements.define('audit-filter', AuditFilter);
