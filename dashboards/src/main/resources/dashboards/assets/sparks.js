import {lasting, point} from './history.js';
import {controlFirst, foremost, mostOf} from './order.js';
import {colourNumbers} from './palette.js';

/** The allocation of the last days as small pictures: lists of points {at, shares}, oldest first. Pure functions. */

/** How far back they go. */
export const DAYS = 7;

/** How many points are asked for, how many one may have before it is thinned, and to how many it is thinned then. */
export const POINTS = 40;
const POINTS_MAX = 160;
const POINTS_THINNED = 80;

/** More bands than this cannot be told apart at this size. */
const BANDS_MAX = 8;

/** The server's answer, by experiment. */
export const read = ({sparks}) => new Map(sparks.map(({experiment, arms, at, shares}) => [experiment,
  at.map((time, place) => ({
    at: Date.parse(time),
    shares: Object.fromEntries(arms.map((arm, index) => [arm, shares[place][index]])),
  }))]));

/** The points with those of a snapshot at their end, if that is newer. */
export function followed(points, snapshot) {
  const next = point(snapshot);
  if (points.length > 0 && next.at <= points.at(-1).at) return points;
  const all = [...points, next];
  return all.length > POINTS_MAX ? lasting(all, POINTS_THINNED) : all;
}

/**
 * What is drawn in a box of this size: {from, bands}, where a band is {colour, path, name, share} from the top to the
 * bottom. It begins when the experiment did, or so many days ago, and ends at `until`.
 */
export function picture(points, arms, until, {width, height}) {
  if (points.length === 0) return {from: until, bands: []};
  const last = points.at(-1);
  const end = Math.max(until, last.at + 1);
  const from = Math.max(points[0].at, end - DAYS * 86_400_000);
  const seen = points.filter(({at}, index) => at >= from || (points[index + 1]?.at ?? Infinity) > from);
  const steps = seen.map(({at, shares}) => ({x: Math.max(0, width * (at - from)) / (end - from), shares}));
  return {from, bands: paths(groups(arms, steps), steps, {width, height})};
}

/** The arms in the order in which they are stacked; where there are too many, those that got least are one band. */
function groups(arms, steps) {
  const {shares} = steps.at(-1);
  const all = controlFirst(arms);
  const colours = colourNumbers(arms);
  const shown = all.length > BANDS_MAX ? foremost(all, mostOf(steps), BANDS_MAX - 1) : all;
  const rest = all.filter((arm) => !shown.includes(arm)).map(({key}) => key);
  return [
    ...shown.map(({key}) => ({name: key, keys: [key], colour: colours.get(key)})),
    ...(rest.length > 0 ? [{name: `${rest.length} others`, keys: rest, colour: null}] : []),
  ].map((band) => ({...band, share: sum(band.keys, shares)}));
}

const sum = (keys, shares) => keys.reduce((all, key) => all + (shares[key] ?? 0), 0);

function paths(bands, steps, {width, height}) {
  let above = steps.map(() => 0);
  return bands.map(({keys, ...band}) => {
    const below = steps.map(({shares}, place) => Math.min(1, above[place] + sum(keys, shares)));
    const path = outline(above, below, steps, width, height);
    above = below;
    return {...band, path};
  });
}

/** There along the upper edge, back along the lower; what is served holds until the next step. */
function outline(above, below, steps, width, height) {
  const y = (share) => (share * height).toFixed(1);
  const ends = steps.map((_, place) => (steps[place + 1]?.x ?? width).toFixed(1));
  const there = above.map((share, place) => `V${y(share)}H${ends[place]}`).join('');
  const back = below.map((share, place) => `V${y(share)}H${steps[place].x.toFixed(1)}`).reverse().join('');
  return `M${steps[0].x.toFixed(1)} 0${there}${back}Z`;
}
