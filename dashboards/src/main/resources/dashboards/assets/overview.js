import {pressing, several} from './alarms.js';
import {number} from './format.js';
import {concerns} from './order.js';
import {conversionsOf, ownSegments} from './shapes.js';

/** What the list of all experiments shows of each, and in which order. Pure functions over entries of the board. */

const known = new WeakMap();

/**
 * An entry as a row: {entry, key, name, state, pressing, concerns, kind, leader, lift, units, conversions, earned, at}.
 * An entry is never edited, so its row is made once.
 */
export function row(entry) {
  if (!known.has(entry)) known.set(entry, made(entry));
  return known.get(entry);
}

function made(entry) {
  const {experiment, snapshot} = entry;
  const {key, name, state, objective} = experiment;
  const arms = snapshot?.arms ?? [];
  const total = (of) => arms.reduce((sum, arm) => sum + of(arm), 0);
  const alarms = pressing(entry);
  const looks = concerns(entry);
  return {
    entry, key, name: name ?? key, state, pressing: alarms, concerns: looks,
    kind: alarms.length > 0 ? 0 : looks.length > 0 ? 1 : 2 + STATES.indexOf(state),
    ...leading(experiment, snapshot),
    units: snapshot ? total((arm) => arm.exposures) : null,
    conversions: snapshot ? total((arm) => conversionsOf(objective, arm)) : null,
    earned: objective.currency && snapshot && arms.every(({raw}) => raw !== undefined)
      ? total(({raw}) => Number(raw)) : null,
    at: snapshot ? Date.parse(snapshot.at) : null,
  };
}

/** Probabilities, or shares, that differ by less are the same to anybody who reads them. */
const TIE = 0.001;

/**
 * `leader` is the live arm that is probably the best, as {arm, best, control}, null if none is; and `lift` how much
 * more than control it is estimated to earn, as a ratio, where that can be said.
 */
function leading(experiment, snapshot) {
  if (!snapshot || ownSegments(snapshot).length > 0) return {leader: null, lift: null};
  const defined = new Map(experiment.arms.map((arm) => [arm.key, arm]));
  const facts = snapshot.arms.filter(({arm}) => defined.get(arm)?.status !== 'paused');
  const score = ({best, share}) => best ?? share;
  const [first, second] = [...facts].sort((a, b) => score(b) - score(a));
  if (!first || (second && score(first) - score(second) < TIE)) return {leader: null, lift: null};
  const control = snapshot.arms.find(({arm}) => defined.get(arm)?.control);
  // Refunds can bring what control earns to nothing or below: then nothing is so many percent of it.
  const ratio = control?.posterior?.mean > 0 ? first.posterior?.mean / control.posterior.mean : NaN;
  return {
    leader: {arm: first.arm, best: first.best ?? null, control: first === control},
    lift: Number.isFinite(ratio) && first !== control ? ratio : null,
  };
}

/** The states, in the order in which they are listed. */
const STATES = ['running', 'paused', 'draft', 'ended'];

const created = ({entry}) => Date.parse(entry.experiment.createdAt);
const worst = ({pressing: [first]}) => (first?.severity === 'bad' ? 0 : 1);
const descending = (of) => (a, b) => (of(b) ?? -Infinity) - (of(a) ?? -Infinity) || a.name.localeCompare(b.name);

/** How the list can be ordered: {name, compare} by the word in the address; the first one is usual. */
export const SORTS = {
  alarms: {name: 'Alarms first', compare: (a, b) => a.kind - b.kind || worst(a) - worst(b) || created(b) - created(a)},
  name: {name: 'Name', compare: (a, b) => a.name.localeCompare(b.name)},
  traffic: {name: 'Most traffic', compare: descending(({units}) => units)},
  lift: {name: 'Largest lift', compare: descending(({lift}) => lift)},
};

/** What the list is set to by an address: {state, q, sort}; what it does not know is as usual. */
export const settings = (params) => ({
  state: FILTERS.includes(params?.get('state')) ? params.get('state') : '',
  q: params?.get('q') ?? '',
  sort: Object.hasOwn(SORTS, params?.get('sort') ?? '') ? params.get('sort') : 'alarms',
});

/** What can be filtered by: states, and those that somebody should look at. */
const FILTERS = ['look', ...STATES];

const passes = (filter) => (each) => !filter || (filter === 'look' ? each.kind < 2 : each.state === filter);

/** How many rows each filter lets through, by its word. */
export const counts = (rows) =>
  Object.fromEntries(['', ...FILTERS].map((filter) => [filter, rows.filter(passes(filter)).length]));

/** The rows that are wanted, in the order that is wanted. */
export function chosen(rows, {state, q, sort}) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(passes(state))
    .filter(({name, key}) => words.every((word) => `${name} ${key}`.toLowerCase().includes(word)))
    .sort(SORTS[sort].compare);
}

/** How many there are of each state, and how much is wrong, in words: "3 running", "2 alarms in 1 experiment". */
export function tally(rows) {
  const alarmed = rows.filter((each) => each.pressing.length > 0);
  return [
    ...STATES.map((state) => [rows.filter((each) => each.state === state).length, state])
      .filter(([of]) => of > 0).map(([of, state]) => `${of} ${state}`),
    ...(alarmed.length > 0 ? [`${several(alarmed.flatMap(({pressing: found}) => found))} in ${
      number(alarmed.length, 'experiment')}`] : []),
  ];
}
