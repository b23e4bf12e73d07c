import {LitElement, css, html} from 'lit';
import {allocationOption, bands, colourOf, held, heldAt, legend, middles, names, plot, sentence}
  from '../allocation-option.js';
import {ChartKeys} from '../chart-keys.js';
import {tip, tips} from '../chart-tip.js';
import {Ticker, serverNow} from '../clock.js';
import {Drawing} from '../drawing.js';
import {chartImage} from '../exports.js';
import {clockTime, moment, share} from '../format.js';
import {lasting} from '../history.js';
import {controlFirst, foremost, mostOf} from '../order.js';
import {colourNumbers, themeColours} from '../palette.js';
import {basics} from '../styles.js';

const BANDS_MAX = 12;
const NAMED_FROM_PIXELS = 460;
const STEP_PIXELS_MIN = 3;
const EVERY_MILLIS = 2_000;
const IMAGE_POINTS = 1_000;
const LEGEND_PIXELS = 270;

/**
 * The allocation over time as stacked bands, with the names beside them and every past value under the pointer or the
 * arrow keys. A paused or ended experiment is drawn up to its last snapshot, a running one up to now, or while the
 * page hears nothing up to when it last did (`heard`); what lies in the past up to its end (`until`).
 */
export class AllocationChart extends LitElement {
  static properties = {
    experiment: {attribute: false}, points: {attribute: false}, heard: {attribute: false}, until: {attribute: false},
  };

  static styles = [basics, tips, css`
    :host {
      position: relative;
      height: var(--chart-height, 180px);
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .names span {
      position: absolute;
      right: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      font-size: .78rem;
      line-height: 15px;
      color: var(--text);
      pointer-events: none;
    }
  `];

  #drawing = new Drawing(this);
  #drawn = [];
  #keys = new ChartKeys(this, this.#drawing, {
    count: () => this.#drawn.length,
    start: () => this.#drawn.length - 1,
    value: (place) => this.#drawn[place].at,
    say: (place) => `${clockTime(this.#drawn[place].at)}: ${sentence(this.#bands(), this.#drawn[place])}.`,
  });

  constructor() {
    super();
    this.points = [];
    this.until = null;
    new Ticker(this, EVERY_MILLIS);
  }

  render() {
    const last = this.points.at(-1);
    const summary = last ? `Allocation over time since ${clockTime(this.points[0].at)}. ${
      this.until === null ? 'Now' : clockTime(this.until)}: `
      + `${sentence(this.#bands(), last)}. Arrow keys read earlier values.` : 'Allocation over time, no values yet.';
    return html`<div class="canvas" role="img" tabindex="0" aria-label=${summary}
        @keydown=${this.#keys.pressed} @blur=${this.#keys.leave}></div>
      <p class="heard" role="status">${this.#keys.said}</p>
      <div class="names" aria-hidden="true"></div>`;
  }

  updated() {
    const {chart} = this.#drawing;
    if (chart === null || this.points.length === 0) return;
    const colours = themeColours(this);
    const named = this.clientWidth >= NAMED_FROM_PIXELS;
    const points = this.#visible(this.clientWidth / STEP_PIXELS_MIN);
    this.#drawn = points;
    const option = allocationOption(points, this.#bands(), colours, plot(named));
    option.tooltip.formatter = ([{value: [time]}]) => this.#tip(points, time, colours);
    chart.setOption(option, {replaceMerge: ['series']});
    this.#names(named, points.at(-1));
    this.#keys.show();
  }

  /** What is drawn as a picture of its own, with every band's name in it: the address of a PNG. */
  image() {
    const {experiment} = this;
    const all = this.#bands();
    const title = `${experiment.name ?? experiment.key}: share of each arm over time`;
    const points = this.#visible(IMAGE_POINTS);
    const note = `${moment(points[0].at)} to ${moment(points.at(-1).at)}. On the right: shares at the end.`;
    return chartImage(this, {title, note}, ({grid: {top, bottom, left}, width, font}, colours) => ({
      ...allocationOption(points, all, colours, {top, bottom, left, right: LEGEND_PIXELS}),
      graphic: legend(all, points.at(-1), {x: width - LEGEND_PIXELS + 16, y: top + 8, width: LEGEND_PIXELS - 36, font},
        colours),
    }));
  }

  #visible(pixels) {
    const live = this.experiment.state === 'running' ? this.heard ?? serverNow() : 0;
    return lasting(held(this.points, this.until ?? live), pixels);
  }

  #bands() {
    const arms = controlFirst(this.experiment.arms);
    const shown = arms.length > BANDS_MAX ? foremost(arms, mostOf(this.points), BANDS_MAX - 1) : arms;
    return bands(arms, shown, colourNumbers(arms));
  }

  #tip(points, time, colours) {
    return tip(clockTime(time), middles(this.#bands(), heldAt(points, time)).map((band) =>
      ({name: band.name, colour: colourOf(band, colours), text: share(band.size)})));
  }

  #names(named, last) {
    const {right, top, bottom} = plot(named);
    const room = this.clientHeight - top - bottom;
    this.renderRoot.querySelector('.names').replaceChildren(...(named ? names(this.#bands(), last, top, room) : [])
      .map(({name, y}) => {
        const label = Object.assign(document.createElement('span'), {textContent: name});
        label.style.top = `${y}px`;
        label.style.width = `${right - 8}px`;
        return label;
      }));
  }
}

customElements.define('allocation-chart', AllocationChart);
