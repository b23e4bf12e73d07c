import {axisTip, timeAxis, valueAxis} from './chart-axes.js';
import {count} from './format.js';

/** What ECharts is told to draw of the feed of rewards: conversions as bars, and how many are expected. Pure. */

const MINUTE_MILLIS = 60_000;
const STEPS = /^PT(?:(\d+)H)?(?:(\d+)M)?$/;

/** How long a bin is, in minutes. */
function widthMinutes(iso) {
  const [, hours = 0, minutes = 0] = STEPS.exec(iso) ?? [];
  return Number(hours) * 60 + Number(minutes) || 1;
}

/** How long a bin is, in words: minute, 15 minutes, hour. */
export function widthWords(iso) {
  const minutes = widthMinutes(iso);
  if (minutes < 60) return minutes === 1 ? 'minute' : `${minutes} minutes`;
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
}

/** The same as it is said of one: a minute, 15 minutes, an hour. */
export function oneWidth(iso) {
  const words = widthWords(iso);
  return words === 'hour' ? 'an hour' : words === 'minute' ? 'a minute' : words;
}

/** How many conversions a full bin is expected to have; null if nobody knows. */
export const expected = (feed, perMinute) =>
  (Number.isFinite(perMinute) ? perMinute * widthMinutes(feed.width) : null);

/** A number that is expected, no more exact than it is: 3.2, 41. */
export const roughly = (value) => (value < 10 ? Number(value.toPrecision(2)) : count(Math.round(value)));

/** The part of the last bin that is over by now, from 0 to 1. */
export const begun = (feed) => Math.min(1, (Date.parse(feed.to) - Date.parse(feed.bins.at(-1).at))
  / (widthMinutes(feed.width) * MINUTE_MILLIS));

/** The middle of a bin, in milliseconds. */
export const middle = (feed, place) =>
  Date.parse(feed.bins[place].at) + (widthMinutes(feed.width) * MINUTE_MILLIS) / 2;

/**
 * @param feed      as the server says
 * @param perMinute how many conversions are expected per minute; undefined if nobody knows
 * @param colours   of the theme
 * @param grid      where the plot lies
 */
export function feedOption(feed, perMinute, colours, grid) {
  const line = expected(feed, perMinute);
  const last = feed.bins.length - 1;
  return {
    animation: false,
    grid,
    xAxis: timeAxis(Date.parse(feed.from), 2 * middle(feed, last) - Date.parse(feed.bins[last].at), colours),
    yAxis: {
      ...valueAxis(count, colours),
      max: ({max}) => (line !== null && line > max ? Math.ceil(line * 1.1) : null),
      minInterval: 1,
    },
    tooltip: axisTip(colours),
    series: [{
      name: 'Conversions',
      type: 'bar',
      barCategoryGap: '20%',
      barMaxWidth: 26,
      data: feed.bins.map(({conversions}, place) => ({
        value: [middle(feed, place), conversions],
        itemStyle: {color: colours.arms[1], opacity: place === last ? 0.5 : 1},
      })),
      emphasis: {disabled: true},
      markLine: line === null ? undefined : {
        silent: true,
        symbol: 'none',
        animation: false,
        lineStyle: {color: colours.text, type: 'dashed', width: 1.5},
        label: {formatter: 'expected', position: 'insideEndTop', color: colours.text, fontSize: 11},
        data: [{yAxis: line}],
      },
    }],
  };
}
