import {LitElement, css, html, svg} from 'lit';
import {serverNow} from '../clock.js';
import {share} from '../format.js';
import {picture} from '../sparks.js';
import {armColours, basics} from '../styles.js';

const WIDTH = 160;
const HEIGHT = 32;

/**
 * The allocation of the last days as a small picture of stacked bands, of `points` of sparks.js. A running experiment
 * is drawn up to now, another up to its last snapshot.
 */
export class AllocationSpark extends LitElement {
  static properties = {experiment: {attribute: false}, points: {attribute: false}};

  static styles = [basics, armColours, css`
    svg {
      display: block;
      width: 100%;
      height: 32px;
      border-radius: 3px;
    }
    path {
      fill: currentColor;
    }
    .rest {
      color: var(--line-strong);
    }
    .still {
      opacity: .55;
    }
  `];

  render() {
    const {state, arms} = this.experiment;
    const until = state === 'running' ? serverNow() : 0;
    const {bands} = picture(this.points, arms, until, {width: WIDTH, height: HEIGHT});
    const now = bands.filter((band) => band.share > 0).map((band) => `${band.name} ${share(band.share)}`).join(', ');
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
      class=${state === 'running' ? '' : 'still'} aria-label="Allocation over time, at last ${now}">${
      bands.map(({colour, path}) => svg`<path class=${colour === null ? 'rest' : `arm-${colour}`}
        d=${path}></path>`)}</svg>`;
  }
}

customElements.define('allocation-spark', AllocationSpark);
