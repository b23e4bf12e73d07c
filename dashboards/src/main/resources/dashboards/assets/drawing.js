import {onThemeChange} from './palette.js';

const RETRY_MILLIS = 5_000;

/**
 * The ECharts chart of a component: made in its element of class `canvas` once that is there, redrawn when its size or
 * the theme changes, gone when the component leaves the page.
 */
export class Drawing {
  /** The chart; null while there is none. */
  chart = null;

  #host;
  #making = false;
  #stop = [];

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#host.requestUpdate();
  }

  hostDisconnected() {
    this.#stop.forEach((stop) => stop());
    this.chart?.dispose();
    this.chart = null;
  }

  async hostUpdated() {
    if (this.chart !== null || this.#making) return;
    this.#making = true;
    const echarts = await this.#library();
    this.#making = false;
    if (echarts === null) return;
    const canvas = this.#host.renderRoot.querySelector('.canvas');
    if (!this.#host.isConnected || canvas === null) return;
    this.chart = echarts.init(canvas, null, {renderer: 'canvas'});
    const resized = new ResizeObserver(() => {
      this.chart?.resize();
      this.#host.requestUpdate();
    });
    resized.observe(this.#host);
    this.#stop = [() => resized.disconnect(), onThemeChange(() => this.#host.requestUpdate())];
    this.#host.requestUpdate();
  }

  /** Null where it could not be fetched; some seconds later it is tried again. */
  async #library() {
    try {
      return await import('echarts');
    } catch {
      await new Promise((over) => { setTimeout(over, RETRY_MILLIS); });
      this.#host.requestUpdate();
      return null;
    }
  }

  /** Takes away what is shown of a single place. */
  leave() {
    this.chart?.dispatchAction({type: 'hideTip'});
    this.chart?.dispatchAction({type: 'updateAxisPointer', currTrigger: 'leave'});
  }
}
