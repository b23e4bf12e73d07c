import {LitElement, css, html} from 'lit';
import {wanted} from '../actions.js';
import {KeepsFocus} from '../focus.js';
import {lifecycle} from '../lifecycle.js';
import {basics, buttons} from '../styles.js';

/**
 * What may be done with an experiment as it is: what its state does not allow is not there.
 *
 * @fires action-wanted   for the dialog that asks once more
 */
export class ExperimentActions extends LitElement {
  static properties = {entry: {attribute: false}};

  static styles = [basics, buttons, css`
    div {
      display: flex;
      flex-wrap: wrap;
      gap: .5rem;
    }
  `];

  constructor() {
    super();
    new KeepsFocus(this, () => this.renderRoot.querySelector('button'));
  }

  render() {
    const {experiment} = this.entry;
    const offered = lifecycle(experiment);
    this.hidden = offered.length === 0;
    return html`<div role="group" aria-label="Actions">${offered.map(({name, action}) => html`<button
      class="plain ${action().danger ? 'danger' : 'strong'}" type="button" @click=${() =>
        this.dispatchEvent(wanted(action()))}>${name}…</button>`)}</div>`;
  }
}

customElements.define('experiment-actions', ExperimentActions);
