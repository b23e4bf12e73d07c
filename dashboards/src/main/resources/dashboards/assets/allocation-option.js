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

/**
 * One figure, that of the first place, draws all bands: as areas that are stacked upon one another, ECharts would leave
 * out steps of less than a pixel, of one band here and of the next there, so that bands slant and gape.
 *
 * @param points   the history, oldest first
 * @param bands    [{name, keys, colour}] from the top to the bottom of the chart
 * @param colours  of the theme
 * @param grid     where the plot lies
 */
export function allocationOption(points, bands, colours, grid) {
  return {
    animation: false,
    grid,
    xAxis: timeAxis(points[0]?.at, points.at(-1)?.at, colours),
    yAxis: {...valueAxis((value) => `${Math.round(value * 100)}%`, colours), max: 1, interval: 0.25},
    tooltip: axisTip(colours),
    series: [{
      type: 'custom',
      silent: true,
      clip: true,
      data: places(points).map((at) => [at, 0]),
      renderItem: ({dataIndex}, {coord}) => (dataIndex > 0 ? null : {type: 'group', children: outlines(points, bands)
        .map((outline, place) => figure(outline.map(coord), colourOf(bands[place], colours), colours))}),
    }],
  };
}

/** The point whose shares held at a time. */
export const heldAt = (points, time) => points.findLast(({at}) => at <= time) ?? points[0];

const PLACES = 200;

/** The times that can be pointed at: those of all points, and between them often enough. */
function places(points) {
  if (points.length === 0) return [];
  const [from, to] = [points[0].at, points.at(-1).at];
  const even = Array.from({length: PLACES}, (_, place) => from + (place * (to - from)) / PLACES);
  return [...new Set([...even, ...points.map(({at}) => at)])].sort((a, b) => a - b);
}

/** The colour of a band; many arms in one have none of their own. */
export const colourOf = ({colour}, colours) => colours.arms[colour] ?? colours.line;

const figure = (points, fill, {surface}) =>
  ({type: 'polygon', shape: {points}, style: {fill, stroke: surface, lineWidth: 1}});

/** The outline of each band in steps, as [time, share]: there along its upper edge, back along its lower one. */
function outlines(points, allBands) {
  let above = points.map(() => 1);
  return allBands.map(({keys}) => {
    const below = points.map(({shares}, place) =>
      Math.max(0, above[place] - sum(keys.map((key) => shares[key] ?? 0))));
    const outline = [...steps(points, above), ...steps(points, below).reverse()];
    above = below;
    return outline;
  });
}

/** What holds until the next point, as corners. */
const steps = (points, heights) => points.flatMap(({at}, place) =>
  (place === 0 ? [[at, heights[0]]] : [[at, heights[place - 1]], [at, heights[place]]]));

/** The bands of a chart: one per arm, or the foremost arms and one grey band for the many others. */
export function bands(arms, shown, colourNumbers) {
  const named = shown.map((arm) => ({name: arm.key, keys: [arm.key], colour: colourNumbers.get(arm.key)}));
  const others = arms.filter((arm) => !shown.includes(arm)).map((arm) => arm.key);
  return others.length === 0 ? named : [...named, {name: `${others.length} others`, keys: others, colour: null}];
}

/**
 * Every band with its share at a point, as figures beside the plot: what a picture without a page tells colours apart
 * by.
 *
 * @param at  {x, y} the middle of its first line, `width` how much room it has, `font` of its words
 */
export function legend(allBands, point, {x, y, width, font}, colours) {
  return middles(allBands, point).flatMap(({name, size}, place) => {
    const middle = y + place * LEGEND_PIXELS;
    const words = {fill: colours.text, font, verticalAlign: 'middle'};
    return [
      {type: 'rect', shape: {x, y: middle - SWATCH_PIXELS / 2, width: SWATCH_PIXELS, height: SWATCH_PIXELS, r: 2},
        style: {fill: colourOf(allBands[place], colours)}},
      {type: 'text', x: x + SWATCH_PIXELS + 7, y: middle,
        style: {...words, text: name, width: width - SWATCH_PIXELS - SHARE_PIXELS, overflow: 'truncate'}},
      {type: 'text', x: x + width, y: middle, style: {...words, text: share(size), align: 'right'}},
    ];
  });
}

const LEGEND_PIXELS = 24;
const SWATCH_PIXELS = 12;
const SHARE_PIXELS = 70;

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
const NAME_PIXELS = 15;

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
