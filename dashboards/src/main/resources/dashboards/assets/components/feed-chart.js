import {LitElement, css, html} from 'lit';
import {Drawing} from '../drawing.js';
import {begun, expected, feedOption, oneWidth, roughly, widthWords} from '../feed-option.js';
import {clockTime, count, money} from '../format.js';
import {themeColours} from '../palette.js';
import {basics} from '../styles.js';
import {units} from '../words.js';

const GRID = {left: 44, right: 8, top: 12, bottom: 26};

/** Conversions as they came in, bin by bin, and how many are expected; the last bin is still filling. */
export class FeedChart extends LitElement {
  static properties = {feed: {attribute: false}, perMinute: {attribute: false}, experiment: {attribute: false}};

  static styles = [basics, css`
    :host {
      position: relative;
      height: 200px;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .tip {
      font: 400 12px/1.5 var(--sans);
      font-variant-numeric: tabular-nums;
    }
  `];

  #drawing = new Drawing(this);
  #reading = null;

  render() {
    const {feed} = this;
    const total = feed.bins.reduce((sum, {conversions}) => sum + conversions, 0);
    const line = expected(feed, this.perMinute);
    const per = widthWords(feed.width);
    const summary = `Conversions per ${per} since ${clockTime(Date.parse(feed.from))}: ${count(total)} in all.${
      line === null ? '' : ` About ${roughly(line)} are expected per ${per}.`} Arrow keys read single values.`;
    return html`<div class="canvas" role="img" tabindex="0" aria-label=${summary}
      @keydown=${this.#key} @blur=${this.#leave}></div>`;
  }

  updated() {
    const {chart} = this.#drawing;
    if (chart === null) return;
    const option = feedOption(this.feed, this.perMinute, themeColours(this), GRID);
    option.tooltip.formatter = ([{dataIndex}]) => this.#tip(dataIndex);
    chart.setOption(option, {replaceMerge: ['series']});
    if (this.#reading !== null) this.#show();
  }

  /** The values of a bin as elements: the policy of the page forbids style attributes in markup. */
  #tip(place) {
    const {feed, experiment} = this;
    const bin = feed.bins[place];
    if (!bin) return '';
    const line = expected(feed, this.perMinute);
    const filling = place === feed.bins.length - 1 && begun(feed) < 1;
    const {currency} = experiment.objective;
    const tip = Object.assign(document.createElement('div'), {className: 'tip'});
    const lines = [
      `${clockTime(Date.parse(bin.at))}, ${oneWidth(feed.width)}${filling ? ', not over yet' : ''}`,
      `${count(bin.conversions)} conversions${line === null ? '' : `, about ${roughly(line)} expected`}`,
      `${count(bin.units)} ${units(experiment)} shown an arm`,
      ...(bin.value === undefined || !currency ? [] : [`${money(bin.value, currency)} earned, less refunds`]),
    ];
    tip.append(...lines.map((text) => Object.assign(document.createElement('div'), {textContent: text})));
    return tip;
  }

  #key(event) {
    if (event.key === 'Escape') this.#leave();
    const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
    if (step === undefined || this.#drawing.chart === null) return;
    event.preventDefault();
    const last = this.feed.bins.length - 1;
    this.#reading = Math.min(last, Math.max(0, (this.#reading ?? last) + step));
    this.#show();
  }

  #show() {
    this.#drawing.chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: this.#reading});
  }

  #leave() {
    this.#reading = null;
    this.#drawing.leave();
  }
}

customElements.define('feed-chart', FeedChart);
