import {LitElement, css, html} from 'lit';
import {allocationOption, bands, held, middles, names, plot, sentence, visible} from '../allocation-option.js';
import {tip, tips} from '../chart-tip.js';
import {Ticker, serverNow} from '../clock.js';
import {Drawing} from '../drawing.js';
import {chartImage} from '../exports.js';
import {clockTime, share} from '../format.js';
import {controlFirst, foremost} from '../order.js';
import {colourNumbers, themeColours} from '../palette.js';
import {basics} from '../styles.js';

const BANDS_MAX = 12;
const NAMED_FROM_PIXELS = 460;
const STEP_PIXELS_MIN = 3;
const EVERY_MILLIS = 2_000;
const IMAGE_POINTS = 1_000;

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
  #reading = null;

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
        @keydown=${this.#key} @blur=${this.#leave}></div>
      <div class="names" aria-hidden="true"></div>`;
  }

  updated() {
    const {chart} = this.#drawing;
    if (chart === null || this.points.length === 0) return;
    const colours = themeColours(this);
    const named = this.clientWidth >= NAMED_FROM_PIXELS;
    const points = this.#visible(this.clientWidth / STEP_PIXELS_MIN);
    this.#drawn = points;
    const option = allocationOption(points, this.#bands(), colours, named);
    option.tooltip.formatter = (series) => this.#tip(points[series[0].dataIndex], colours);
    chart.setOption(option, {replaceMerge: ['series']});
    this.#names(named, points.at(-1));
  }

  /** What is drawn as a picture of its own, the names in it: the address of a PNG. */
  image() {
    const {experiment} = this;
    const all = this.#bands();
    const title = `${experiment.name ?? experiment.key}: share of each arm over time`;
    const points = this.#visible(IMAGE_POINTS);
    const note = `${clockTime(points[0].at)} to ${clockTime(points.at(-1).at)}`;
    return chartImage(this, {title, note}, ({grid, room, width, font}, colours) => ({
      ...allocationOption(points, all, colours, true),
      grid,
      graphic: names(all, points.at(-1), grid.top, room).map(({name, y}) => ({type: 'text', x: width - grid.right + 10,
        y, style: {text: name, fill: colours.text, font, width: grid.right - 20, overflow: 'truncate'}})),
    }));
  }

  #visible(pixels) {
    const live = this.experiment.state === 'running' ? this.heard ?? serverNow() : 0;
    return visible(held(this.points, this.until ?? live), pixels);
  }

  #bands() {
    const arms = controlFirst(this.experiment.arms);
    const shown = arms.length > BANDS_MAX ? foremost(arms, this.points.at(-1)?.shares ?? {}, BANDS_MAX - 1) : arms;
    return bands(arms, shown, colourNumbers(arms));
  }

  #tip(point, colours) {
    return tip(clockTime(point.at), middles(this.#bands(), point).map(({name, colour, size}) =>
      ({name, colour: colours.arms[colour] ?? colours.line, text: share(size)})));
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

  #key(event) {
    if (event.key === 'Escape') this.#leave();
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
    const {chart} = this.#drawing;
    if (step === undefined || chart === null || this.#drawn.length === 0) return;
    event.preventDefault();
    const last = this.#drawn.length - 1;
    this.#reading = Math.min(last, Math.max(0, (this.#reading ?? last) + step));
    chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: this.#reading});
  }

  #leave() {
    this.#reading = null;
    this.#drawing.leave();
  }
}

customElements.define('allocation-chart', AllocationChart);
