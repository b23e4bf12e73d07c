/** Allocation over time: a list of points {at, version, shares}, oldest first. Pure functions. */

/** How many points a history may have, and to how many it is thinned beyond that. */
const POINTS_MAX = 800;
const POINTS_THINNED = 400;

/** The part of all units that an arm gets: its share, or that over segments which have shares of their own. */
export const partOf = ({share, served}) => served ?? share;

/** The point of a snapshot, or of a standing that says `since` when its shares hold. */
export const point = (snapshot) => ({
  at: Date.parse(snapshot.since ?? snapshot.at),
  version: snapshot.version,
  shares: Object.fromEntries(snapshot.arms.map((each) => [each.arm, partOf(each)])),
});

/** Both lists in one, by version, each version once. */
export const merge = (points, others) => thin(joined(points, others));

/** The same, however long it gets. */
export function joined(points, others) {
  const byVersion = new Map([...points, ...others].map((each) => [each.version, each]));
  return [...byVersion.values()].sort((a, b) => a.version - b.version);
}

/** The list with one newer point at its end. What is not newer changes nothing. */
export function append(points, newer) {
  return points.length > 0 && points.at(-1).version >= newer.version ? points : thin([...points, newer]);
}

/** The part of a history from a time on: what held then stands first, as if it had begun then. */
export function since(points, from) {
  if (from === null || points.length === 0 || points[0].at >= from) return points;
  const first = points.findLastIndex(({at}) => at <= from);
  return [{...points[first], at: from}, ...points.slice(first + 1)];
}

/**
 * Of the points that fall on one of so many equal parts of the time between the first and the last, the one that lasts;
 * what was in force at first stays. However often a history grows and is thinned, its past keeps the same detail.
 */
export function lasting(points, parts) {
  const [from, to] = [points[0].at, points.at(-1).at];
  const part = ({at}) => Math.floor((parts * (at - from)) / (to - from || 1));
  return points.filter((each, place) =>
    place === 0 || place === points.length - 1 || part(each) !== part(points[place + 1]));
}

const thin = (points) => (points.length > POINTS_MAX ? lasting(points, POINTS_THINNED) : points);
