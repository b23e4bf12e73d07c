import {axisTip, timeAxis, valueAxis} from './chart-axes.js';
import {share} from './format.js';

/** What ECharts is told to draw: the allocation over time as stacked steps. Pure functions. */

/** Where the plot lies inside its canvas, in pixels; the right margin holds the names of the bands. */
export const plot = (named) => ({left: 44, right: named ? 112 : 10, top: 10, bottom: 26});

/** A share is what it was until the next snapshot: the last one holds until `until`. */
export function held(points, until) {
  const last = points.at(-1);
  return last && until > last.at ? [...points, {...last, at: until}] : points;
}

/** The points that can be told apart when drawn so many pixels wide: in each pixel the one that lasts. */
export function visible(points, pixels) {
  const [from, to] = [points[0].at, points.at(-1).at];
  const pixel = ({at}) => Math.floor((pixels * (at - from)) / (to - from || 1));
  return points.filter((each, place) =>
    place === 0 || place === points.length - 1 || pixel(each) !== pixel(points[place + 1]));
}

/**
 * @param points   the history, oldest first
 * @param bands    [{name, keys, colour}] from the top to the bottom of the chart
 * @param colours  of the theme
 * @param named    whether the bands' names are written beside them
 */
export function allocationOption(points, bands, colours, named) {
  return {
    animation: false,
    grid: plot(named),
    xAxis: timeAxis(points[0]?.at, points.at(-1)?.at, colours),
    yAxis: {...valueAxis((value) => `${Math.round(value * 100)}%`, colours), max: 1, interval: 0.25},
    tooltip: axisTip(colours),
    series: [...bands].reverse().map((band) => series(band, points, colours)),
  };
}

function series({name, keys, colour}, points, colours) {
  const fill = colours.arms[colour] ?? colours.line;
  return {
    name,
    type: 'line',
    stack: 'allocation',
    step: 'end',
    symbol: 'none',
    silent: true,
    data: points.map((point) => [point.at, sum(keys.map((key) => point.shares[key] ?? 0))]),
    lineStyle: {color: colours.surface, width: 1},
    areaStyle: {color: fill, opacity: 1},
    itemStyle: {color: fill},
    emphasis: {disabled: true},
  };
}

/** The bands of a chart: one per arm, or the foremost arms and one grey band for the many others. */
export function bands(arms, shown, colourNumbers) {
  const named = shown.map((arm) => ({name: arm.key, keys: [arm.key], colour: colourNumbers.get(arm.key)}));
  const others = arms.filter((arm) => !shown.includes(arm)).map((arm) => arm.key);
  return others.length === 0 ? named : [...named, {name: `${others.length} others`, keys: others, colour: null}];
}

/** The middle of each band at a point, from the top of the plot: {name, colour, middle, size} as fractions. */
export function middles(allBands, point) {
  let above = 0;
  return allBands.map(({name, keys, colour}) => {
    const size = sum(keys.map((key) => point.shares[key] ?? 0));
    above += size;
    return {name, colour, size, middle: above - size / 2};
  });
}

/** How much room a band's name takes beside the chart. */
export const NAME_PIXELS = 15;

/**
 * Where the names stand beside their bands, none over another: [{name, y}] in pixels from the top of the canvas. Bands
 * that are too thin have none.
 */
export function names(allBands, point, top, room) {
  let free = 0;
  return middles(allBands, point).filter(({size}) => size * room >= NAME_PIXELS - 3).map(({name, middle}) => {
    const y = Math.max(free, top + middle * room - NAME_PIXELS / 2);
    free = y + NAME_PIXELS;
    return {name, y};
  });
}

/** The allocation at a point in a sentence, the largest share first. */
export const sentence = (allBands, point) => middles(allBands, point)
  .sort((a, b) => b.size - a.size)
  .map(({name, size}) => `${name} ${share(size)}`)
  .join(', ');

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
