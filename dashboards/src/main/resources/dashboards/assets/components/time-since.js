import {LitElement, html} from 'lit';
import {Ticker, serverNow} from '../clock.js';
import {duration} from '../format.js';

/** How long ago something was, counting on by itself: "3 s". */
export class TimeSince extends LitElement {
  static properties = {at: {type: Number}};

  constructor() {
    super();
    new Ticker(this);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<time datetime=${new Date(this.at).toISOString()}>${duration(serverNow() - this.at)}</time>`;
  }
}

customElements.define('time-since', TimeSince);
