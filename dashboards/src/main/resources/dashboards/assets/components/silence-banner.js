import {LitElement, css, html, nothing} from 'lit';
import {Ticker, serverNow} from '../clock.js';
import {clockTime, duration} from '../format.js';
import {basics} from '../styles.js';

/** What is shorter than this is mended before anybody has read about it. */
const NOTED_MILLIS = 5_000;

/**
 * Says on every page that nothing is heard of the server any more, and from when all that stands there is. `heard` is
 * when it was last heard of, in milliseconds by its clock; null while it is heard. The state of the connection beside
 * it is what tells those who do not see this.
 */
export class SilenceBanner extends LitElement {
  static properties = {heard: {attribute: false}};

  static styles = [basics, css`
    p {
      padding: .4rem max(1rem, calc((100vw - 96rem) / 2));
      border-bottom: 1px solid var(--warn);
      background: var(--warn-ground);
      color: var(--warn);
      font-size: .92rem;
    }
  `];

  constructor() {
    super();
    this.heard = null;
    new Ticker(this);
  }

  render() {
    const silent = this.heard === null ? 0 : serverNow() - this.heard;
    return silent < NOTED_MILLIS ? nothing : html`<p class="number"><strong>Nothing has been heard of the server for ${
      duration(silent)}.</strong> Numbers and states are from ${clockTime(this.heard)}; they move again by themselves as
      soon as it answers.</p>`;
  }
}

customElements.define('silence-banner', SilenceBanner);
