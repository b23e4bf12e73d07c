import {LitElement, css, html} from 'lit';
import {tip, tips} from '../chart-tip.js';
import {curve, densityOption, extent, heightAt, peak} from '../density-option.js';
import {Drawing} from '../drawing.js';
import {writer} from '../evidence.js';
import {chartImage} from '../exports.js';
import {controlFirst} from '../order.js';
import {colourNumbers, themeColours} from '../palette.js';
import {basics} from '../styles.js';

const STEPS = 60;
const GRID = {left: 14, right: 14, top: 30, bottom: 26};
const IMAGE_SIDES = {left: 40, right: 40};

/** How plausible every value of every arm is: a curve for each, read under the pointer or by arrow keys. */
export class DensityChart extends LitElement {
  static properties = {experiment: {attribute: false}, arms: {attribute: false}, reading: {state: true}};

  static styles = [basics, tips, css`
    :host {
      position: relative;
      height: 300px;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .said {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `];

  #drawing = new Drawing(this);

  render() {
    const write = this.#writer();
    const summary = this.#curves().map(({arm, density}) => `${arm} ${write(peak(density))}`).join(', ');
    return html`<div class="canvas" role="img" tabindex="0" @keydown=${this.#key} @blur=${this.#leave}
        aria-label="What each arm may earn. Most plausible: ${summary}. Arrow keys read the curves."></div>
      <p class="said" role="status">${Number.isFinite(this.reading) ? this.#said(write) : ''}</p>`;
  }

  updated() {
    const {chart} = this.#drawing;
    if (chart === null) return;
    const colours = themeColours(this);
    const write = this.#writer();
    const option = densityOption(this.#curves(), colours,
      {grid: GRID, pixels: this.clientWidth - GRID.left - GRID.right}, write);
    option.tooltip.formatter = (series) => this.#tip(series[0].axisValue, write, colours);
    chart.setOption(option, {replaceMerge: ['series']});
  }

  /** The chart as a picture of its own: the address of a PNG. */
  image() {
    const {experiment} = this;
    return chartImage(this, {title: `${experiment.name ?? experiment.key}: what each arm may earn`,
      note: 'The higher the curve, the more plausible the value. What we believe now; it drives traffic.'},
    ({grid, width}, colours) => densityOption(this.#curves(), colours, {
      grid: {...grid, ...IMAGE_SIDES, top: grid.top + 30}, pixels: width - IMAGE_SIDES.left - IMAGE_SIDES.right,
    }, this.#writer()));
  }

  /** Every curve point by point. */
  table(unit) {
    return {
      columns: ['arm', `value (${unit})`, 'relative height (0 to 1)'],
      rows: this.#curves().flatMap(({arm, density}) => curve(density).map((point) => [arm, ...point])),
    };
  }

  #curves() {
    const colours = colourNumbers(this.experiment.arms);
    const known = new Map(this.arms.map((each) => [each.arm, each.density]));
    return controlFirst(this.experiment.arms).filter(({key}) => known.get(key))
      .map(({key}) => ({arm: key, density: known.get(key), colour: colours.get(key)}));
  }

  #writer = () => writer(this.experiment, this.#curves().map(({density}) => peak(density)));

  #read = (value) => this.#curves().map((each) => ({...each, height: heightAt(each.density, value)}))
    .sort((a, b) => b.height - a.height);

  #tip = (value, write, colours) => tip(write(value), this.#read(value).map(({arm, colour, height}) =>
    ({name: arm, colour: colours.arms[colour], text: plausible(height)})));

  #said = (write) => `${write(this.reading)}: ${this.#read(this.reading)
    .map(({arm, height}) => `${arm} ${plausible(height)}`).join(', ')}`;

  #key(event) {
    if (event.key === 'Escape') this.#leave();
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
    const {chart} = this.#drawing;
    if (step === undefined || chart === null) return;
    event.preventDefault();
    const [from, to] = extent(this.#curves());
    const next = (this.reading ?? (from + to) / 2) + (step * (to - from)) / STEPS;
    this.reading = Math.min(to, Math.max(from, next));
    const x = chart.convertToPixel({xAxisIndex: 0}, this.reading);
    chart.dispatchAction({type: 'showTip', x, y: chart.getHeight() / 2});
  }

  #leave() {
    this.reading = null;
    this.#drawing.leave();
  }
}

/** How plausible a value is, against the most plausible one of the arm. */
const plausible = (height) => (height < 0.005 ? 'hardly possible' : `${Math.round(height * 100)} of 100`);

customElements.define('density-chart', DensityChart);
