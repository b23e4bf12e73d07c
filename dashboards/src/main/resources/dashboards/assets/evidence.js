import {NONE, count, earning, earningDecimals, money, percent, pieces, signed} from './format.js';
import {unit, units} from './words.js';

/** What the report of an experiment says, as people read it. Pure functions over definition and report. */

const PER_MANY = 1_000;

/** How what an arm earns per unit is called: "Conversion rate", "Per visitor". */
export const earned = (experiment) =>
  (experiment.objective.kind === 'conversion' ? 'Conversion rate' : `Per ${unit(experiment)}`);

/** The unit of what an arm earns per unit, for the head of a column of raw numbers. */
export const earnedUnit = (experiment) => ({
  revenue: `${experiment.objective.currency} per ${unit(experiment)}`, count: `per ${unit(experiment)}`,
}[experiment.objective.kind] ?? 'fraction');

/** Writes what arms earn per unit with so many decimals that these values, and the ends of these ranges, differ. */
export function writer(experiment, values, ranges = []) {
  const {objective} = experiment;
  const widths = ranges.filter(Boolean).map(({lower, upper}) => upper - lower).filter((width) => width > 0);
  const decimals = earningDecimals(Math.max(0, ...values.filter(Number.isFinite)), objective, Math.min(...widths));
  return (value) => earning(value ?? NaN, objective, decimals);
}

/** Writes differences between what arms earn, with their sign; of rates in points, which are no percent of anything. */
export const gap = (experiment, write) => (value) => (experiment.objective.kind === 'conversion'
  ? signed(value, (size) => `${(size * 100).toFixed(2)} points`) : signed(value, write));

/** An interval in words: 3.1% to 4.9%. */
export const range = (bounds, write) => (bounds ? `${write(bounds.lower)} to ${write(bounds.upper)}` : NONE);

/** What is lost or gained per unit, for a thousand units, where it can be pictured: 0.3 conversions, €12.00. */
export function perThousand(experiment, value) {
  if (!Number.isFinite(value)) return NONE;
  const {kind, currency} = experiment.objective;
  const amount = value * PER_MANY;
  if (kind === 'revenue') return money(amount, currency);
  return amount > 0 && amount < 0.05 ? '<0.1' : amount.toFixed(amount < 10 ? 1 : 0);
}

/** Of what `perThousand` tells. */
export const thousand = (experiment) => `per ${count(PER_MANY)} ${units(experiment)}`;

/** A wide enough scale for all these intervals and a reference, so that they can be compared by eye. */
export function scaleOf(bounds, reference) {
  const known = bounds.filter(Boolean);
  const [from, to] = [
    Math.min(reference ?? Infinity, ...known.map(({lower}) => lower)),
    Math.max(reference ?? -Infinity, ...known.map(({upper}) => upper)),
  ];
  const margin = 0.05 * (to - from);
  return [from - margin, to + margin];
}

/** An amount of what was earned altogether: money, or so many conversions. */
export const amount = ({currency}) => (value) => (currency ? money(value, currency)
  : `${pieces(value)} ${pieces(value) === '1' ? 'conversion' : 'conversions'}`);

/** The same without the noun, where that stands beside it. */
export const bare = ({currency}) => (value) => (currency ? money(value, currency) : pieces(value));

const size = (value, decimals) => (value > 0 && value < 0.0005 ? '<0.1%' : `${(value * 100).toFixed(decimals)}%`);
const days = (value, decimals) => (Number.isInteger(value) ? count(value) : value.toFixed(decimals));

/**
 * What a check of the stop rule is called, how its value is written, whether it has to be reached or undercut, and what
 * it means.
 */
const CHECKS = {
  days: ['Days with traffic, from the first to the last', days, true,
    'How long people have come to it. What is new draws more attention at first; that wears off.'],
  weeks: ['Times that every day of the week was seen', count, true,
    'How often the rarest day of the week was seen: who buys on Sundays may like another arm.'],
  remaining: ['What another arm may still earn more', size, false,
    'An arm that looks worse today may really be better: by less than this, with 95% probability. When it is small, '
    + 'looking for a better arm no longer pays.'],
  expectedLoss: ['What taking the leader is expected to cost, of what control earns', size, false,
    'If the leader is not really the best: how much less you would earn with it, on average over what is still '
    + 'possible.'],
};

const DECIMALS_MOST = 4;

/** With as many decimals as tell a value from what is needed: 13.97 days are not 14. */
function apart(value, needed, write) {
  let decimals = 1;
  while (decimals < DECIMALS_MOST && value !== needed
    && Number.parseFloat(write(value, decimals)) === Number.parseFloat(write(needed, decimals))) decimals++;
  return write(value, decimals);
}

/** A check as {name, title, meaning, met, value, needed} in words. */
export function check({name, met, value, needed}) {
  const [title, write, least, meaning] = CHECKS[name] ?? [name, (each) => String(each), true];
  return {name, title, meaning, met, value: value === null ? 'cannot be said yet' : apart(value, needed, write),
    needed: `${least ? 'at least' : 'below'} ${write(needed, 1)}`};
}

/** What the holdout can prove, in a sentence. */
export const detectable = ({detectable: size}, experiment) => (Number.isFinite(size)
  ? `With these ${units(experiment)} only uplifts above ${percent(Number(size.toPrecision(2)))} could be proven.`
  : `There are too few ${units(experiment)} to say which uplift could be proven.`);

/** A part as the upper end of a range, never smaller than it is: 0.1%, 2.4%. */
export const atMost = (fraction) => (Number.isFinite(fraction)
  ? `${(Math.max(1, Math.ceil(fraction * 1_000)) / 10).toFixed(1)}%` : NONE);
