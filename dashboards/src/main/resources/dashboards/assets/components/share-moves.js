import {LitElement, css, html, nothing, svg} from 'lit';
import {share} from '../format.js';
import {armColours, basics} from '../styles.js';
import {largest, told} from '../timeline.js';

const SHOWN = 4;
const WIDTH = 100;

/**
 * How shares changed: for each arm a bar from what it had to what it got, the largest change first. Small ones are
 * folded away.
 */
export class ShareMoves extends LitElement {
  static properties = {event: {attribute: false}, colours: {attribute: false}};

  static styles = [basics, armColours, css`
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
      gap: .15rem 1.6rem;
      list-style: none;
      font-size: .87rem;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 5fr) minmax(0, 5fr) 7.2rem;
      align-items: center;
      gap: .1rem .6rem;
    }
    .arm {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    svg {
      display: block;
      width: 100%;
      height: 10px;
      overflow: visible;
    }
    .rest {
      fill: var(--raised);
    }
    .kept {
      fill: currentColor;
      opacity: .35;
    }
    .moved {
      fill: currentColor;
    }
    .lost {
      fill: none;
      stroke: currentColor;
      stroke-width: 1;
      vector-effect: non-scaling-stroke;
    }
    .by {
      color: var(--text-soft);
    }
    summary {
      width: fit-content;
      margin-top: .15rem;
      color: var(--text-soft);
      font-size: .87rem;
      cursor: pointer;
    }
    .number {
      text-align: right;
      white-space: nowrap;
    }
  `];

  render() {
    const changes = largest(this.event);
    const more = changes.slice(SHOWN);
    return html`${this.#list(changes.slice(0, SHOWN))}${more.length === 0 ? nothing : html`<details>
      <summary>and ${more.length} smaller ${more.length === 1 ? 'change' : 'changes'}</summary>
      ${this.#list(more)}</details>`}`;
  }

  #list(changes) {
    return html`<ul role="list">${changes.map((change) => this.#line(change))}</ul>`;
  }

  #line(change) {
    const {arm} = change;
    const from = change.from ?? 0;
    const to = change.to ?? 0;
    const [low, high] = [Math.min(from, to) * WIDTH, Math.max(from, to) * WIDTH];
    return html`<li>
      <span class="arm" title=${arm}>${arm}</span>
      <svg class="arm-${this.colours.get(arm) ?? 0}" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none"
        role="img" aria-label=${told(change)}>${svg`
        <rect class="rest" width=${WIDTH} height="10"></rect>
        <rect class="kept" width=${low} height="10"></rect>
        <rect class=${to >= from ? 'moved' : 'lost'} x=${low} width=${high - low} y=${to >= from ? 0 : 0.5}
          height=${to >= from ? 10 : 9}></rect>`}</svg>
      <span class="number" aria-hidden="true">${change.from === null ? html`<span class="by">new,</span>`
        : html`${share(from)} →`} <strong>${change.to === null ? 'gone' : share(to)}</strong></span></li>`;
  }
}

customElements.define('share-moves', ShareMoves);
