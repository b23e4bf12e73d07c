import {allocations} from './api.js';
import {joined, point} from './history.js';

const AT_ONCE = 2_000;
/** How often the time is halved: so many times as many points there may be in a file. */
const HALVED_MAX = 4;

/** Every allocation of an experiment within a time, for a file: {points, total}; fewer points only of very many. */
export async function whole(key, from, to, halved = 0) {
  const {snapshots, total} = await allocations(key, AT_ONCE, {from, to});
  if (snapshots.length >= total || halved === HALVED_MAX) return {points: snapshots.map(point), total};
  const middle = Math.round((from + to) / 2);
  const earlier = await whole(key, from, middle, halved + 1);
  const later = await whole(key, middle, to, halved + 1);
  return {points: joined(earlier.points, later.points), total};
}
