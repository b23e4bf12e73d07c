import {LitElement, css, html} from 'lit';
import {allocationOption, bands, held, middles, plot, sentence, visible} from '../allocation-option.js';
import {Ticker, serverNow} from '../clock.js';
import {clockTime, share} from '../format.js';
import {controlFirst, foremost} from '../order.js';
import {colourNumbers, onThemeChange, themeColours} from '../palette.js';
import {basics} from '../styles.js';

const BANDS_MAX = 12;
const NAMED_FROM_PIXELS = 460;
const NAME_PIXELS = 15;
const STEP_PIXELS_MIN = 3;
const EVERY_MILLIS = 2_000;

/**
 * The allocation over time as stacked bands, with the names beside them and every past value under the pointer or the
 * arrow keys. A paused or ended experiment is drawn up to its last snapshot, a running one up to now, or while the
 * page hears nothing up to when it last did (`heard`).
 */
export class AllocationChart extends LitElement {
  static properties = {experiment: {attribute: false}, points: {attribute: false}, heard: {attribute: false}};

  static styles = [basics, css`
    :host {
      position: relative;
      height: var(--chart-height, 180px);
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .tip {
      font: 400 12px/1.5 var(--sans);
      font-variant-numeric: tabular-nums;
      color: var(--text);
    }
    .tip div {
      display: flex;
      align-items: center;
      gap: .4rem;
    }
    .tip b {
      margin-left: auto;
      padding-left: 1rem;
    }
    .tip i {
      width: 9px;
      height: 9px;
      border-radius: 2px;
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

  #chart = null;
  #drawn = [];
  #reading = null;
  #stop = [];

  constructor() {
    super();
    this.points = [];
    new Ticker(this, EVERY_MILLIS);
  }

  render() {
    const last = this.points.at(-1);
    const summary = last ? `Allocation over time since ${clockTime(this.points[0].at)}. Now: `
      + `${sentence(this.#bands(), last)}. Arrow keys read earlier values.` : 'Allocation over time, no values yet.';
    return html`<div class="canvas" role="img" tabindex="0" aria-label=${summary}
        @keydown=${this.#key} @blur=${this.#leave}></div>
      <div class="names" aria-hidden="true"></div>`;
  }

  async firstUpdated() {
    const echarts = await import('echarts');
    if (!this.isConnected) return;
    this.#chart = echarts.init(this.renderRoot.querySelector('.canvas'), null, {renderer: 'canvas'});
    const resized = new ResizeObserver(() => {
      this.#chart?.resize();
      this.requestUpdate();
    });
    resized.observe(this);
    this.#stop = [() => resized.disconnect(), onThemeChange(() => this.requestUpdate())];
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop.forEach((stop) => stop());
    this.#chart?.dispose();
    this.#chart = null;
  }

  updated() {
    if (this.#chart === null || this.points.length === 0) return;
    const colours = themeColours(this);
    const named = this.clientWidth >= NAMED_FROM_PIXELS;
    const until = this.experiment.state === 'running' ? this.heard ?? serverNow() : 0;
    const points = visible(held(this.points, until), this.clientWidth / STEP_PIXELS_MIN);
    this.#drawn = points;
    const option = allocationOption(points, this.#bands(), colours, named);
    option.tooltip.formatter = (series) => this.#tip(points[series[0].dataIndex], colours);
    this.#chart.setOption(option, {replaceMerge: ['series']});
    this.#names(named, points.at(-1));
  }

  #bands() {
    const arms = controlFirst(this.experiment.arms);
    const shown = arms.length > BANDS_MAX ? foremost(arms, this.points.at(-1)?.shares ?? {}, BANDS_MAX - 1) : arms;
    return bands(arms, shown, colourNumbers(arms));
  }

  /** The values at a point as elements: the policy of the page forbids style attributes in markup. */
  #tip(point, colours) {
    const tip = Object.assign(document.createElement('div'), {className: 'tip'});
    tip.append(clockTime(point.at));
    for (const {name, colour, size} of middles(this.#bands(), point)) {
      const line = document.createElement('div');
      const swatch = document.createElement('i');
      swatch.style.background = colours.arms[colour] ?? colours.line;
      line.append(swatch, name, Object.assign(document.createElement('b'), {textContent: share(size)}));
      tip.append(line);
    }
    return tip;
  }

  #names(named, last) {
    const {right, top, bottom} = plot(named);
    const room = this.clientHeight - top - bottom;
    let free = 0;
    this.renderRoot.querySelector('.names').replaceChildren(...(named ? middles(this.#bands(), last) : [])
      .filter(({size}) => size * room >= NAME_PIXELS - 3)
      .map(({name, middle}) => {
        const label = Object.assign(document.createElement('span'), {textContent: name});
        const y = Math.max(free, top + middle * room - NAME_PIXELS / 2);
        free = y + NAME_PIXELS;
        label.style.top = `${y}px`;
        label.style.width = `${right - 8}px`;
        return label;
      }));
  }

  #key(event) {
    if (event.key === 'Escape') this.#leave();
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
    if (step === undefined || this.#chart === null || this.#drawn.length === 0) return;
    event.preventDefault();
    const last = this.#drawn.length - 1;
    this.#reading = Math.min(last, Math.max(0, (this.#reading ?? last) + step));
    this.#chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: this.#reading});
  }

  #leave() {
    this.#reading = null;
    this.#chart?.dispatchAction({type: 'hideTip'});
    this.#chart?.dispatchAction({type: 'updateAxisPointer', currTrigger: 'leave'});
  }
}

customElements.define('allocation-chart', AllocationChart);
