import {LitElement, css, html} from 'lit';
import {ChartKeys} from '../chart-keys.js';
import {tips} from '../chart-tip.js';
import {Drawing} from '../drawing.js';
import {chartImage} from '../exports.js';
import {begun, expected, feedOption, middle, oneWidth, roughly, widthWords} from '../feed-option.js';
import {clockTime, count, moment, money} from '../format.js';
import {themeColours} from '../palette.js';
import {basics} from '../styles.js';
import {units} from '../words.js';

const GRID = {left: 44, right: 8, top: 12, bottom: 26};
const IMAGE_RIGHT = 40;

/** Conversions as they came in, bin by bin, and how many are expected; the last bin is still filling. */
export class FeedChart extends LitElement {
  static properties = {feed: {attribute: false}, perMinute: {attribute: false}, experiment: {attribute: false}};

  static styles = [basics, tips, css`
    :host {
      position: relative;
      height: 200px;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
  `];

  #drawing = new Drawing(this);
  #keys = new ChartKeys(this, this.#drawing, {
    count: () => this.feed.bins.length,
    start: () => this.feed.bins.length - 1,
    value: (place) => middle(this.feed, place),
    say: (place) => `${this.#lines(place).join(', ')}.`,
  });

  render() {
    const {feed} = this;
    const total = feed.bins.reduce((sum, {conversions}) => sum + conversions, 0);
    const line = expected(feed, this.perMinute);
    const per = widthWords(feed.width);
    const summary = `Conversions per ${per} since ${clockTime(Date.parse(feed.from))}: ${count(total)} in all.${
      line === null ? '' : ` About ${roughly(line)} are expected per ${per}.`} Arrow keys read single values.`;
    return html`<div class="canvas" role="img" tabindex="0" aria-label=${summary}
        @keydown=${this.#keys.pressed} @blur=${this.#keys.leave}></div>
      <p class="heard" role="status">${this.#keys.said}</p>`;
  }

  updated() {
    const {chart} = this.#drawing;
    if (chart === null) return;
    const option = feedOption(this.feed, this.perMinute, themeColours(this), GRID);
    option.tooltip.formatter = ([{dataIndex}]) => this.#tip(dataIndex);
    chart.setOption(option, {replaceMerge: ['series']});
    this.#keys.show();
  }

  /** The chart as a picture of its own: the address of a PNG. */
  image() {
    const {experiment, feed, perMinute} = this;
    const line = expected(feed, perMinute);
    const per = widthWords(feed.width);
    const title = `${experiment.name ?? experiment.key}: conversions per ${per}`;
    const note = `${moment(Date.parse(feed.from))} to ${moment(Date.parse(feed.to))}, as the server heard of them.${
      line === null ? '' : ` About ${roughly(line)} per ${per} are expected.`}${
      begun(feed) < 1 ? ' The last bar is not over yet.' : ''}`;
    return chartImage(this, {title, note}, ({grid}, colours) => feedOption(feed, perMinute, colours,
      {...grid, right: IMAGE_RIGHT}));
  }

  /** The values of a bin as elements: the policy of the page forbids style attributes in markup. */
  #tip(place) {
    if (!this.feed.bins[place]) return '';
    const tip = Object.assign(document.createElement('div'), {className: 'tip'});
    tip.append(...this.#lines(place).map((text) => Object.assign(document.createElement('div'), {textContent: text})));
    return tip;
  }

  #lines(place) {
    const {feed, experiment} = this;
    const bin = feed.bins[place];
    const line = expected(feed, this.perMinute);
    const filling = place === feed.bins.length - 1 && begun(feed) < 1;
    const {currency} = experiment.objective;
    return [
      `${clockTime(Date.parse(bin.at))}, ${oneWidth(feed.width)}${filling ? ', not over yet' : ''}`,
      `${count(bin.conversions)} conversions${line === null ? '' : `, about ${roughly(line)} expected`}`,
      `${count(bin.units)} ${units(experiment)} shown an arm`,
      ...(bin.value === undefined || !currency ? [] : [`${money(bin.value, currency)} earned, less refunds`]),
    ];
  }
}

customElements.define('feed-chart', FeedChart);
