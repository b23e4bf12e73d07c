import {LitElement, css, html} from 'lit';
import {remember} from '../route.js';
import {basics} from '../styles.js';
import {KINDS} from '../timeline.js';
import './reward-feed.js';
import './time-line.js';

const ALL = KINDS.map(({key}) => key);

/** Everything that happened to an experiment, and how its rewards come in. */
export class HistorySection extends LitElement {
  static properties = {entry: {attribute: false}, params: {attribute: false}, kinds: {state: true}};

  static styles = [basics, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 2rem;
    }
  `];

  #span = undefined;

  willUpdate(changed) {
    if (!changed.has('params')) return;
    const named = (this.params?.get('kinds') ?? '').split(',');
    const chosen = ALL.filter((key) => named.includes(key));
    this.kinds = chosen.length > 0 ? chosen : ALL;
    this.#span = this.params?.get('span') ?? '60';
  }

  render() {
    return html`<reward-feed .entry=${this.entry} .span=${this.#span}></reward-feed>
      <time-line .entry=${this.entry} .kinds=${this.kinds}
        @kinds-chosen=${({detail}) => this.#choose(detail)}></time-line>`;
  }

  /** To show nothing is to show everything. */
  #choose(kinds) {
    this.kinds = kinds.length > 0 ? kinds : ALL;
    remember({kinds: this.kinds === ALL || kinds.length === ALL.length ? '' : kinds.join(',')});
  }
}

customElements.define('history-section', HistorySection);
