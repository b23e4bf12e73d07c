import {LitElement, css, html} from 'lit';
import {rules} from '../rules.js';
import {basics} from '../styles.js';
import './fact-list.js';

/** The rules that an experiment runs by, in words. */
export class ExperimentRules extends LitElement {
  static properties = {experiment: {attribute: false}};

  static styles = [basics, css`
    h2 {
      margin-bottom: .5rem;
      font-size: 1.1rem;
    }
  `];

  render() {
    return html`<h2>How it runs</h2><fact-list .facts=${rules(this.experiment)}></fact-list>`;
  }
}

customElements.define('experiment-rules', ExperimentRules);
