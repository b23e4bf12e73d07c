import {LitElement, css, html} from 'lit';
import {ChartKeys} from '../chart-keys.js';
import {tip, tips} from '../chart-tip.js';
import {serverNow} from '../clock.js';
import {curve, densityOption, extent, heightAt, peak} from '../density-option.js';
import {Drawing} from '../drawing.js';
import {writer} from '../evidence.js';
import {chartImage} from '../exports.js';
import {moment} from '../format.js';
import {controlFirst} from '../order.js';
import {colourNumbers, themeColours} from '../palette.js';
import {basics} from '../styles.js';

const STEPS = 60;
const GRID = {left: 14, right: 14, top: 30, bottom: 26};
const IMAGE_SIDES = {left: 40, right: 40};

/**
 * How plausible every value of every arm is: a curve for each, read under the pointer or by arrow keys. `part` names
 * the segment that it is about, if it is about one.
 */
export class DensityChart extends LitElement {
  static properties = {experiment: {attribute: false}, arms: {attribute: false}, part: {attribute: false}};

  static styles = [basics, tips, css`
    :host {
      position: relative;
      height: 300px;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
  `];

  #drawing = new Drawing(this);
  #keys = new ChartKeys(this, this.#drawing, {
    count: () => STEPS + 1,
    start: () => STEPS / 2,
    value: (place) => this.#at(place),
    say: (place) => this.#said(place),
  });

  render() {
    const write = this.#writer();
    const summary = this.#curves().map(({arm, density}) => `${arm} ${write(peak(density))}`).join(', ');
    return html`<div class="canvas" role="img" tabindex="0" @keydown=${this.#keys.pressed} @blur=${this.#keys.leave}
        aria-label="What each arm may earn${this.#of()}. Most plausible: ${summary}. Arrow keys read the curves."></div>
      <p class="heard" role="status">${this.#keys.said}</p>`;
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
    this.#keys.show();
  }

  /** The chart as a picture of its own: the address of a PNG. */
  image() {
    const {experiment} = this;
    return chartImage(this, {title: `${experiment.name ?? experiment.key}: what each arm may earn${this.#of()}`,
      note: 'The higher the curve, the more plausible the value. What drives traffic, as it is believed on '
        + `${moment(serverNow())}.`},
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

  #of = () => (this.part ? `, ${this.part}` : '');

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

  #said(place) {
    const value = this.#at(place);
    return `${this.#writer()(value)}: ${this.#read(value)
      .map(({arm, height}) => `${arm} ${plausible(height)}`).join(', ')}`;
  }

  /** The value at a step of the arrow keys. */
  #at(place) {
    const [from, to] = extent(this.#curves());
    return from + (place * (to - from)) / STEPS;
  }
}

/** How plausible a value is, against the most plausible one of the arm. */
const plausible = (height) => (height < 0.005 ? 'hardly possible' : `${Math.round(height * 100)} of 100`);

customElements.define('density-chart', DensityChart);
