import {axisTip} from './chart-axes.js';

/** What ECharts is told to draw: how plausible every value of every arm is, as filled curves. Pure functions. */

const DASHED_FROM = 8;
const LABEL_PIXELS = 12;
const LINE_PIXELS = 16;
const LETTER_PIXELS = 6.6;
const LETTERS_MAX = 20;

/** The curve of an arm as points: [value, height]. */
export function curve({from, to, values}) {
  const step = (to - from) / (values.length - 1);
  return values.map((height, place) => [from + place * step, height]);
}

/** The value at which a curve is highest. */
export function peak(density) {
  const points = curve(density);
  return points.reduce((best, point) => (point[1] > best[1] ? point : best))[0];
}

/** How high a curve is over a value; 0 where it is not drawn. */
export function heightAt({from, to, values}, value) {
  if (!(value >= from && value <= to)) return 0;
  const place = ((value - from) / (to - from || 1)) * (values.length - 1);
  const left = Math.min(Math.floor(place), values.length - 2);
  return values[left] + (place - left) * (values[left + 1] - values[left]);
}

/** From the smallest to the largest value that any curve is drawn over. */
export const extent = (curves) => [
  Math.min(...curves.map(({density}) => density.from)), Math.max(...curves.map(({density}) => density.to)),
];

/** On which line above its peak the name of each curve stands, from 0, so that none covers another. */
function lines(curves, pixels) {
  const [from, to] = extent(curves);
  const ends = [];
  const placed = curves.map(({arm, density}, place) => {
    const half = ((Math.min(arm.length, LETTERS_MAX) + 3) * LETTER_PIXELS) / 2;
    const middle = (pixels * (peak(density) - from)) / (to - from || 1);
    return {place, left: middle - half, right: middle + half};
  }).sort((a, b) => a.left - b.left);
  const result = [];
  for (const {place, left, right} of placed) {
    const free = ends.findIndex((end) => end <= left);
    const line = free < 0 ? ends.length : free;
    ends[line] = right;
    result[place] = line;
  }
  return result;
}

/**
 * @param curves   [{arm, density, colour}]
 * @param colours  of the theme
 * @param grid     where the plot lies in its canvas
 * @param pixels   how wide that is
 * @param write    how values are written
 */
export function densityOption(curves, colours, {grid, pixels}, write) {
  const [min, max] = extent(curves);
  const above = lines(curves, pixels);
  return {
    animation: false,
    grid: {...grid, top: grid.top + LINE_PIXELS * Math.max(...above)},
    xAxis: {
      type: 'value',
      min,
      max,
      axisLine: {lineStyle: {color: colours.lineStrong}},
      axisLabel: {color: colours.textSoft, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false,
        formatter: write},
      axisTick: {show: false},
      splitLine: {lineStyle: {color: colours.line}},
    },
    yAxis: {type: 'value', min: 0, max: 1, show: false},
    tooltip: axisTip(colours, {snap: false}),
    series: curves.map((each, place) => series(each, {place, line: above[place]}, colours)),
  };
}

function series({arm, density, colour}, {place, line}, colours) {
  const points = curve(density);
  const top = points.reduce((best, [, height], each) => (height > points[best][1] ? each : best), 0);
  return {
    name: arm,
    type: 'line',
    showSymbol: true,
    symbol: 'circle',
    symbolSize: (_, {dataIndex}) => (dataIndex === top ? 7 : 0),
    silent: true,
    data: points.map((value, each) => (each === top ? {value, label: {show: true}} : value)),
    label: {show: false, position: 'top', offset: [0, -LINE_PIXELS * line], color: colours.text, fontSize: LABEL_PIXELS,
      formatter: `{dot|●} ${shortened(arm)}`, rich: {dot: {color: colours.arms[colour]}},
      textBorderColor: colours.surface, textBorderWidth: 3},
    lineStyle: {color: colours.arms[colour], width: 2, type: place >= DASHED_FROM ? 'dashed' : 'solid'},
    itemStyle: {color: colours.arms[colour]},
    areaStyle: {color: colours.arms[colour], opacity: 0.16},
    emphasis: {disabled: true},
  };
}

const shortened = (name) => (name.length > LETTERS_MAX ? `${name.slice(0, LETTERS_MAX - 1)}…` : name);
