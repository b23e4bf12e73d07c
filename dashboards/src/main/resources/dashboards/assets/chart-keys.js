const STEPS = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity};

/**
 * The arrow keys of a chart: which of its places is read, shown by its tip, and said once for those who do not see it.
 */
export class ChartKeys {
  /** What is to be said of the place that is read; empty while none is. */
  said = '';

  #host;
  #drawing;
  #places;
  #place = null;

  /**
   * @param places   {count, start, value, say}: how many places there are and next to which one reading begins, both
   *                 asked anew each time; where a place lies on the axis of x; and what is said of it
   */
  constructor(host, drawing, places) {
    this.#host = host;
    this.#drawing = drawing;
    this.#places = places;
  }

  pressed = (event) => {
    if (event.key === 'Escape') this.leave();
    const step = STEPS[event.key];
    const last = this.#places.count() - 1;
    if (step === undefined || this.#drawing.chart === null || last < 0) return;
    event.preventDefault();
    this.#place = Math.min(last, Math.max(0, (this.#place ?? this.#places.start()) + step));
    this.said = this.#places.say(this.#place);
    this.show();
    this.#host.requestUpdate();
  };

  leave = () => {
    if (this.#place !== null) this.#host.requestUpdate();
    this.#place = null;
    this.said = '';
    this.#drawing.leave();
  };

  /** Shows the tip again after the chart was drawn. */
  show() {
    if (this.#place === null) return;
    const {chart} = this.#drawing;
    const place = Math.min(this.#place, this.#places.count() - 1);
    const x = chart.convertToPixel({xAxisIndex: 0}, this.#places.value(place));
    chart.dispatchAction({type: 'showTip', x, y: chart.getHeight() / 2});
  }
}
