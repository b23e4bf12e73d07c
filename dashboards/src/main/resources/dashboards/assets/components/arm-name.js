import {LitElement, css, html, nothing} from 'lit';
import {armColours, basics} from '../styles.js';

/** An arm's key behind the colour that it has everywhere; `colour` is its number, `tag` a word about the arm. */
export class ArmName extends LitElement {
  static properties = {arm: {}, colour: {type: Number}, tag: {}};

  static styles = [basics, armColours, css`
    :host {
      display: flex;
      gap: .45rem;
      font-weight: 600;
    }
    i {
      flex: none;
      width: .75em;
      height: .75em;
      margin-top: .35em;
      border-radius: 3px;
      background: currentColor;
    }
    .name {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .tag {
      display: inline-block;
      margin-left: .45rem;
      padding: 0 .4rem;
      border-radius: 4px;
      background: var(--quiet-ground);
      color: var(--quiet);
      font-size: .75rem;
      font-weight: 600;
      white-space: nowrap;
    }
  `];

  render() {
    return html`<i class="arm-${this.colour}"></i><span class="name">${this.arm}${this.tag
      ? html`<span class="tag">${this.tag}</span>` : nothing}</span>`;
  }
}

customElements.define('arm-name', ArmName);
